package chat.hearth.rooms.presence;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.StoredPresence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Keeps who is around, and numbers every change so that a reader can ask what is new. Safe for use
/// by several threads.
///
/// Changes are told once a second, by [#tick()]: a user who changes more often is told once, and
/// readers are woken once for all who changed. What is asked of a single user is always current.
///
/// See [Presence](https://spec.matrix.org/v1.19/client-server-api/#presence).
public final class PresenceTracker {
    /// A user counts as currently active for this long after doing something.
    public static final Duration ACTIVE = Duration.ofMinutes(1);

    /// A user who did nothing for this long is idle.
    public static final Duration IDLE = Duration.ofMinutes(5);

    /// A user is offline this long after the last activity, and after the time that the last sync
    /// might wait was over.
    public static final Duration GONE = Duration.ofMinutes(2);

    /// A status message may be this long in UTF-8.
    public static final int STATUS_BYTES_MAX = 1_024;

    /// So many users are remembered; one who is offline, and longest so, is forgotten for another.
    static final int USERS_MAX = 50_000;

    /// Who was around when the server stopped has so long to come back after the next start.
    public static final Duration RETURN = Duration.ofSeconds(30);

    /// So many users who were offline already when the server started are told of once more:
    /// readers who were away since before they went have not heard of it.
    static final int TOLD_AGAIN_MAX = 1_000;

    /// So many users are told in one tick; others wait for the next.
    static final int TOLD_MAX = 500;

    private final InstantSource clock;
    private final IntFunction<int[]> audience;
    private final IntFunction<JsonObject> profile;
    private final PresenceRecord record;
    private final Waking waking;

    /// Wakes readers when there is news.
    @FunctionalInterface
    public interface Waking {
        /// Wakes the users told of, and whoever is in one of the rooms where they are told of.
        void wake(Collection<Integer> rooms, Collection<Integer> users);
    }

    /// In the order in which they were last told.
    private final LinkedHashMap<Integer, TrackedUser> users = new LinkedHashMap<>();

    private final Audiences audiences = new Audiences();
    private final Deadlines deadlines = new Deadlines();
    private final Set<Integer> untold = new LinkedHashSet<>();

    /// Held for a whole tick, which reads and writes the database.
    private final Object ticking = new Object();

    private final long firstSerial;
    private long serial;

    /// A tracker to which nobody is known before [#restore()].
    ///
    /// @param audience answers the numbers of the rooms whose members hear of a user, ascending
    /// @param profile answers what of a user's profile is told with the presence
    /// @param record keeps what must outlast the server
    /// @param waking told of the news of each tick
    public PresenceTracker(
            InstantSource clock,
            IntFunction<int[]> audience,
            IntFunction<JsonObject> profile,
            PresenceRecord record,
            Waking waking) {
        this.clock = clock;
        this.audience = audience;
        this.profile = profile;
        this.record = record;
        this.waking = waking;
        // Numbers begin at the time, so that one from before a restart is always a lower one.
        this.firstSerial = clock.millis();
        this.serial = firstSerial;
    }

    /// Goes on from what was told before the server started. Who was around then is so for
    /// [#RETURN], and when they have not come back everybody is told. To be run once, before all
    /// else.
    public synchronized void restore() {
        long now = clock.millis();
        List<StoredPresence> latest = record.latest(USERS_MAX);
        int again = 0;
        for (StoredPresence kept : latest) {
            TrackedUser user = TrackedUser.restored(kept, now, RETURN);
            users.putFirst(kept.user(), user);
            if (user.state != PresenceState.OFFLINE || again++ < TOLD_AGAIN_MAX) {
                untold.add(kept.user());
            }
            watch(kept.user(), user);
        }
    }

    /// Notes that a user has come into a room or left one: others hear of them from now on.
    public synchronized void moved(int user) {
        TrackedUser presence = users.get(user);
        if (presence != null && presence.state != PresenceState.OFFLINE) {
            untold.add(user);
        }
    }

    /// Sets what a user says to be.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` for a status message that is too long
    public void set(int user, PresenceState state, @Nullable String statusMessage) {
        if (statusMessage != null
                && statusMessage.getBytes(StandardCharsets.UTF_8).length > STATUS_BYTES_MAX) {
            throw MatrixException.invalidParam(
                    "A status message may have " + STATUS_BYTES_MAX + " bytes");
        }
        synchronized (this) {
            TrackedUser presence = tracked(user);
            long now = clock.millis();
            presence.lastSeen = Math.max(presence.lastSeen, now);
            presence.lastActive = now;
            boolean news =
                    presence.state != state
                            || !Objects.equals(presence.statusMessage, statusMessage)
                            || state == PresenceState.ONLINE && !presence.currentlyActive;
            presence.statusMessage = statusMessage;
            presence.become(state, now);
            if (news) {
                untold.add(user);
            }
            watch(user, presence);
        }
    }

    /// Notes that a user did something, such as sending a message. Who is idle is online again; who
    /// wants to look offline stays so.
    public synchronized void active(int user) {
        TrackedUser presence = tracked(user);
        long now = clock.millis();
        presence.lastActive = now;
        presence.lastSeen = Math.max(presence.lastSeen, now);
        boolean news =
                presence.state == PresenceState.UNAVAILABLE
                        || presence.state == PresenceState.ONLINE && !presence.currentlyActive;
        if (news) {
            presence.become(PresenceState.ONLINE, now);
            untold.add(user);
        }
        watch(user, presence);
    }

    /// Notes that a user's profile has changed. It is told with the user's presence, also of one
    /// who is not there.
    ///
    /// See [Profiles](https://spec.matrix.org/v1.19/client-server-api/#profiles).
    public synchronized void profileChanged(int user) {
        var _ = tracked(user);
        untold.add(user);
    }

    /// Notes that a user's device has begun to sync.
    ///
    /// @param device the device's number
    /// @param asked the request's `set_presence`; offline for a sync that shall not be seen
    /// @param wait how long the sync may wait for news, all of which the user is there
    public synchronized void synced(int user, int device, PresenceState asked, Duration wait) {
        if (asked == PresenceState.OFFLINE) {
            return;
        }
        long now = clock.millis();
        long until = now + wait.toMillis();
        TrackedUser presence = tracked(user);
        presence.lastSeen = Math.max(presence.lastSeen, until);
        presence.noteDevice(device, asked, until);
        boolean online = asked == PresenceState.ONLINE;
        if (presence.state == PresenceState.OFFLINE || online && presence.idleBySync) {
            presence.become(asked, now);
            untold.add(user);
        } else if (!online
                && presence.state == PresenceState.ONLINE
                && !presence.isOnlineElsewhere(now)) {
            presence.become(PresenceState.UNAVAILABLE, now);
            presence.idleBySync = true;
            untold.add(user);
        }
        watch(user, presence);
    }

    /// A user's presence now.
    public synchronized UserPresence of(int user) {
        TrackedUser presence = users.get(user);
        return presence == null
                ? new UserPresence(user, PresenceState.OFFLINE, null, null, false, JsonObject.EMPTY)
                : presence.view(user, clock.millis());
    }

    /// The number of the latest change.
    public synchronized long serial() {
        return serial;
    }

    /// The users whose presence was told after `since`, latest first. A number from before the
    /// tracker began, such as 0, answers all of whom it has told anything, and a negative one those
    /// of them who are not offline.
    ///
    /// @param reader the reader's number, who hears of themselves always
    /// @param rooms the numbers of the rooms whose members the reader hears of, ascending
    public synchronized List<UserPresence> changedAfter(long since, int reader, int[] rooms) {
        if (since < firstSerial) {
            return known(reader, rooms, since >= 0);
        }
        long now = clock.millis();
        List<UserPresence> changed = new ArrayList<>();
        Map<Integer, TrackedUser> latestFirst = users.reversed();
        for (Map.Entry<Integer, TrackedUser> entry : latestFirst.entrySet()) {
            TrackedUser presence = entry.getValue();
            if (presence.told != 0 && presence.told <= since) {
                break;
            }
            if (presence.told == 0) {
                continue;
            }
            if (entry.getKey() == reader
                    || Arrays.stream(presence.rooms)
                            .anyMatch(room -> Arrays.binarySearch(rooms, room) >= 0)) {
                changed.add(presence.view(entry.getKey(), now));
            }
        }
        return changed;
    }

    /// Who in one of `rooms` is not offline, latest first, and the reader.
    public synchronized List<UserPresence> present(int reader, int[] rooms) {
        return known(reader, rooms, false);
    }

    private List<UserPresence> known(int reader, int[] rooms, boolean offlineToo) {
        long now = clock.millis();
        Set<Integer> around = audiences.in(rooms);
        around.add(reader);
        var latestFirst = new TreeMap<Long, UserPresence>(Comparator.reverseOrder());
        for (int user : around) {
            TrackedUser presence = users.get(user);
            if (presence != null
                    && presence.told != 0
                    && (offlineToo || presence.state != PresenceState.OFFLINE)) {
                latestFirst.put(presence.told, presence.view(user, now));
            }
        }
        return List.copyOf(latestFirst.values());
    }

    /// Lets users become idle or offline whose time has come, and tells of all changes. Run it
    /// every second or so. When it returns, what had changed before the call is told, of at most
    /// [#TOLD_MAX] users, also where another thread had begun to tell it.
    public void tick() {
        synchronized (ticking) {
            tellUntold();
        }
    }

    private void tellUntold() {
        Set<Integer> rooms = new LinkedHashSet<>();
        List<Integer> taken = takeUntold();
        int told = 0;
        try {
            keep(taken);
            for (int user : taken) {
                int[] audienceRooms = audience.apply(user);
                tell(user, audienceRooms, profile.apply(user));
                Arrays.stream(audienceRooms).forEach(rooms::add);
                told++;
            }
        } finally {
            putBack(taken.subList(told, taken.size()));
            if (told > 0) {
                waking.wake(rooms, taken.subList(0, told));
            }
        }
    }

    /// What is told has to be taken back, if need be after a restart.
    private void keep(List<Integer> taken) {
        List<StoredPresence> unkept = unkept(taken);
        if (!unkept.isEmpty()) {
            record.keep(unkept);
            noteKept(unkept);
        }
    }

    private synchronized List<StoredPresence> unkept(List<Integer> taken) {
        long now = clock.millis();
        return taken.stream()
                .filter(users::containsKey)
                .map(user -> Objects.requireNonNull(users.get(user)).unkept(user, now))
                .filter(Objects::nonNull)
                .toList();
    }

    private synchronized void noteKept(List<StoredPresence> kept) {
        for (StoredPresence each : kept) {
            TrackedUser user = users.get(each.user());
            if (user != null) {
                user.noteKept(each);
            }
        }
    }

    /// What could not be told, such as while the database cannot be reached, is told later.
    private synchronized void putBack(List<Integer> notTold) {
        notTold.stream().filter(users::containsKey).forEach(untold::add);
    }

    private synchronized List<Integer> takeUntold() {
        long now = clock.millis();
        for (int user : deadlines.reached(now)) {
            TrackedUser presence = Objects.requireNonNull(users.get(user));
            if (presence.ages(now)) {
                untold.add(user);
            }
            watch(user, presence);
        }
        List<Integer> taken = untold.stream().limit(TOLD_MAX).toList();
        taken.forEach(untold::remove);
        return taken;
    }

    /// Sees to it that a user is looked at again when their presence may change by itself. A sync
    /// only moves that moment on, and needs nothing done before it comes.
    private void watch(int user, TrackedUser presence) {
        if (presence.state == PresenceState.OFFLINE) {
            deadlines.forget(user);
        } else {
            deadlines.noLaterThan(presence.nextChange(), user);
        }
    }

    private synchronized void tell(int user, int[] rooms, JsonObject shown) {
        TrackedUser presence = users.remove(user);
        if (presence == null) {
            return;
        }
        audiences.move(user, presence.rooms, rooms);
        presence.rooms = rooms;
        presence.profile = shown;
        presence.told = ++serial;
        users.put(user, presence);
    }

    private TrackedUser tracked(int user) {
        TrackedUser known = users.get(user);
        if (known != null) {
            return known;
        }
        if (users.size() >= USERS_MAX) {
            forgetOne();
        }
        TrackedUser fresh = TrackedUser.unknown();
        users.put(user, fresh);
        return fresh;
    }

    /// Of those who were told offline, the one who was so longest ago: nothing is left to be taken
    /// back. When everybody is around, the one told longest ago.
    private void forgetOne() {
        int longestTold =
                users.entrySet().stream()
                        .filter(each -> each.getValue().state == PresenceState.OFFLINE)
                        .filter(each -> !untold.contains(each.getKey()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseGet(() -> users.keySet().iterator().next());
        untold.remove(longestTold);
        deadlines.forget(longestTold);
        TrackedUser forgotten = Objects.requireNonNull(users.remove(longestTold));
        audiences.move(longestTold, forgotten.rooms, new int[0]);
    }
}
