package chat.hearth.rooms.profile;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.storage.DatabaseUnavailableException;
import chat.hearth.storage.Journal;
import chat.hearth.storage.ProfileField;
import chat.hearth.storage.ProfileStore;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;
import chat.hearth.storage.VitalWork;
import chat.hearth.storage.WriteTransaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Takes changed display names and avatars into the memberships of their users, room by room.
///
/// That there is something to take is noted in the same write as the change and forgotten only when
/// every room has it, so a crash on the way loses nothing: [#resume()] goes on. A user's rooms are
/// gone through by one pass at a time, each with the profile as it is then, so an older value never
/// follows a newer one. A room that has the value already costs no write.
///
/// A change reaches the rooms at once, but who makes many pays for the events: after a pass the
/// next one of the same user waits [#EVENT_PAUSE] for each event that was written, so changes that
/// come faster end up as the last of them, once per room. Safe for use by several threads.
///
/// See [Events on change of profile
/// information](https://spec.matrix.org/v1.19/client-server-api/#events-on-change-of-profile-information).
public final class ProfilePropagation implements AutoCloseable {
    /// A request waits this long for its rooms; then the rest goes on behind it.
    public static final Duration WAIT_MAX = Duration.ofSeconds(2);

    /// After a pass its user rests for so long for each event that was written.
    public static final Duration EVENT_PAUSE = Duration.ofMillis(200);

    /// A user who is in some room rests this long at the least, and at the most.
    static final Duration PAUSE_MIN = Duration.ofSeconds(1);

    static final Duration PAUSE_MAX = Duration.ofMinutes(1);

    /// So many users' rooms are gone through at once.
    static final int PASSES_AT_ONCE = 4;

    /// So many users may wait for their turn or rest; further ones are found by [#resume()].
    static final int PASSES_MAX = 1_000;

    private static final byte[] NOTE = {'1'};
    private static final int PAGE = 200;
    private static final int SERVER_ERROR = 500;
    private static final Logger LOG = Logger.getLogger(ProfilePropagation.class.getName());

    private final Stores stores;
    private final ProfileStore profiles;
    private final Journal journal;
    private final VitalWork vital;
    private final EventPipeline pipeline;
    private final MemberProfiles members;
    private final IntFunction<Duration> pause;
    private final Semaphore turns = new Semaphore(PASSES_AT_ONCE);
    private final Map<Integer, Pass> passes = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// A user's rooms being gone through, again and again while there are changes. The fields are
    /// guarded by the map of passes.
    private static final class Pass {
        /// Opens when what was asked for up to now has been done.
        private CountDownLatch done = new CountDownLatch(1);

        private boolean again;
    }

    /// Propagation into the rooms of one server.
    public ProfilePropagation(
            Stores stores,
            Journal journal,
            VitalWork vital,
            EventPipeline pipeline,
            MemberProfiles members) {
        this(stores, journal, vital, pipeline, members, ProfilePropagation::pause);
    }

    ProfilePropagation(
            Stores stores,
            Journal journal,
            VitalWork vital,
            EventPipeline pipeline,
            MemberProfiles members,
            IntFunction<Duration> pause) {
        this.pause = pause;
        this.stores = stores;
        this.profiles = stores.profiles();
        this.journal = journal;
        this.vital = vital;
        this.pipeline = pipeline;
        this.members = members;
    }

    /// Notes that a user's rooms must learn of a change, in the write that makes it.
    void note(WriteTransaction tx, int user, long position) {
        profiles.put(tx, new ProfileField(user, ProfileStore.PENDING, NOTE, position));
    }

    /// Takes a noted change into the user's rooms. Waits for it for [#WAIT_MAX] at the most.
    ///
    /// @throws InterruptedException when the server stops; the change is not lost
    void propagate(int user) throws InterruptedException {
        Optional<CountDownLatch> done = start(user);
        if (done.isPresent() && !done.get().await(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.log(Level.FINE, "The profile of user {0} will reach some rooms later", user);
        }
    }

    /// Goes on with what an earlier run of the server, or a failure, left. Run it every minute or
    /// so.
    public void resume() {
        int after = 0;
        while (!isClosed()) {
            List<ProfileField> page = profiles.pending(after, PAGE);
            for (ProfileField note : page) {
                if (start(note.user()).isEmpty()) {
                    return;
                }
            }
            if (page.size() < PAGE) {
                return;
            }
            after = page.getLast().user();
        }
    }

    /// Starts a pass, or lets the running one go round again; empty when too many wait.
    private Optional<CountDownLatch> start(int user) {
        synchronized (passes) {
            Pass running = passes.get(user);
            if (running != null) {
                running.again = true;
                return Optional.of(running.done);
            }
            if (isClosed() || passes.size() >= PASSES_MAX) {
                return Optional.empty();
            }
            var pass = new Pass();
            passes.put(user, pass);
            Thread.ofVirtual()
                    .name("hearth-profile-" + user)
                    .start(vital.thread("The propagation of a profile", () -> run(user, pass)));
            return Optional.of(pass.done);
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void run(int user, Pass pass) {
        try {
            do {
                int written = roundInTurn(user);
                finish(pass);
                rest(written);
            } while (goesOn(user, pass));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DatabaseUnavailableException e) {
            LOG.log(Level.WARNING, "A profile change is postponed: {0}", e.getMessage());
        } catch (RuntimeException e) {
            if (!isClosed()) {
                LOG.log(
                        Level.WARNING,
                        "A profile change did not reach all rooms; it will be retried",
                        e);
            }
        } finally {
            end(user, pass);
        }
    }

    private int roundInTurn(int user) {
        turns.acquireUninterruptibly();
        try {
            return round(user);
        } finally {
            turns.release();
        }
    }

    /// Lets those go who wait for what is done, unless there is more by now.
    private void finish(Pass pass) {
        synchronized (passes) {
            if (!pass.again) {
                pass.done.countDown();
                pass.done = new CountDownLatch(1);
            }
        }
    }

    private void rest(int written) throws InterruptedException {
        if (written > 0) {
            var _ = closed.await(pause.apply(written).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// How long a user rests after so many events.
    static Duration pause(int written) {
        Duration earned = EVENT_PAUSE.multipliedBy(written);
        Duration least = earned.compareTo(PAUSE_MIN) < 0 ? PAUSE_MIN : earned;
        return least.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : least;
    }

    private boolean goesOn(int user, Pass pass) {
        synchronized (passes) {
            if (pass.again && !isClosed()) {
                pass.again = false;
                return true;
            }
            passes.remove(user, pass);
            return false;
        }
    }

    private void end(int user, Pass pass) {
        synchronized (passes) {
            passes.remove(user, pass);
            pass.done.countDown();
        }
    }

    /// @return how many events it took
    private int round(int user) {
        Optional<ProfileField> note = profiles.find(user, ProfileStore.PENDING);
        if (note.isEmpty()) {
            return 0;
        }
        long taken = note.get().position();
        int written = 0;
        UserId id = stores.identifiers().user(user);
        int after = 0;
        while (true) {
            List<StoredMembership> page =
                    stores.memberships().ofUser(user, Set.of(Membership.JOIN), after, PAGE);
            for (StoredMembership membership : page) {
                if (isClosed()) {
                    return written;
                }
                written += update(id, user, membership.room(), taken) ? 1 : 0;
            }
            if (page.size() < PAGE) {
                break;
            }
            after = page.getLast().room();
        }
        var _ = journal.write(tx -> forget(tx, user, taken));
        return written;
    }

    /// Forgets the note, unless the profile has changed since.
    private boolean forget(WriteTransaction tx, int user, long taken) {
        boolean same =
                profiles.find(user, ProfileStore.PENDING)
                        .filter(now -> now.position() == taken)
                        .isPresent();
        return same && profiles.remove(tx, user, ProfileStore.PENDING);
    }

    /// Whether an event had to be written.
    ///
    /// @param after the position of the change
    private boolean update(UserId user, int number, int room, long after) {
        RoomId id = stores.identifiers().room(room);
        try {
            return ProfileCatchUp.show(pipeline, id, user, number, members.of(user))
                    .filter(sent -> sent.position() > after)
                    .isPresent();
        } catch (MatrixException refused) {
            if (refused.status() >= SERVER_ERROR) {
                throw refused;
            }
            LOG.log(Level.FINE, "A room refused a profile change: {0}", refused.text());
            return false;
        }
    }

    /// Lets the rooms be that are not reached yet; the next start goes on with them.
    @Override
    public void close() {
        closed.countDown();
    }
}
