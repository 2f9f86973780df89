package chat.hearth.rooms.stream;

import chat.hearth.storage.Change;
import chat.hearth.storage.CommitListener;
import chat.hearth.storage.VitalWork;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Tells active users what became durable, in the order of the stream.
///
/// The writer hands over each commit; one announcer thread puts it into the feeds of the users whom
/// it concerns and wakes them. A user is active from the first sync until [#IDLE] after the last;
/// only active users cost anything. Safe for use by several threads.
public final class ChangeFeed implements CommitListener, AutoCloseable {
    /// A user who has not synced for this long is forgotten, and starts from the store next time.
    public static final Duration IDLE = Duration.ofMinutes(5);

    private static final Logger LOG = System.getLogger(ChangeFeed.class.getName());

    /// So many commits wait for the announcer before the writer waits for it.
    private static final int COMMITS_WAITING_MAX = 1_024;

    /// Who waits for the announcer looks this often whether it is still there.
    private static final long LOOK_MILLIS = 100;

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final IntFunction<int[]> joinedRooms;
    private final ConcurrentMap<Integer, UserFeed> feeds = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Set<UserFeed>> audiences = new ConcurrentHashMap<>();
    private final BlockingQueue<News> news = new ArrayBlockingQueue<>(COMMITS_WAITING_MAX);
    private final Thread announcer;
    private final Object publishing = new Object();
    private volatile long committed;
    private volatile long published;
    private volatile boolean closing;
    private volatile boolean closed;

    /// Whether nothing is announced any more; guarded by `publishing`.
    private boolean silent;

    /// A feed that starts at `position`.
    ///
    /// @param joinedRooms answers the numbers of the rooms that a user has joined
    /// @param vital runs the announcer
    public ChangeFeed(long position, IntFunction<int[]> joinedRooms, VitalWork vital) {
        this.joinedRooms = joinedRooms;
        this.committed = position;
        this.published = position;
        this.announcer =
                Thread.ofPlatform()
                        .daemon()
                        .name("hearth-announcer")
                        .start(vital.thread("The announcer", this::announceAll));
    }

    private sealed interface News {
        record Commit(List<Change> changes) implements News {}

        record Gap(long upTo) implements News {}

        record End() implements News {}
    }

    @Override
    public void committed(List<Change> changes) {
        hand(new News.Commit(changes), changes.getLast().position());
    }

    @Override
    public void skipped(long upTo) {
        hand(new News.Gap(upTo), upTo);
    }

    private void hand(News piece, long position) {
        committed = position;
        if (!closed) {
            put(piece);
        }
    }

    /// Waits for room, unless nobody will make any. An interrupt does not end the waiting; it is
    /// kept.
    private void put(News piece) {
        boolean interrupted = false;
        boolean taken = false;
        while (!taken && announcer.isAlive()) {
            try {
                taken = news.offer(piece, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The position up to which everything was announced.
    public long position() {
        return published;
    }

    /// The position up to which everything durable at this moment was announced; waits the moment
    /// that this takes, so that who was answered before sees what was answered. Of a feed that was
    /// closed, the last position that was announced.
    public long settledPosition() throws InterruptedException {
        long wanted = committed;
        if (published < wanted) {
            synchronized (publishing) {
                while (published < wanted && !silent) {
                    publishing.wait();
                }
            }
        }
        return published;
    }

    /// The feed of `user`, who is active from now on.
    public UserFeed subscribe(int user) {
        while (true) {
            UserFeed feed = feeds.get(user);
            if (feed == null) {
                feed = activate(user);
            }
            if (feed.touch(System.nanoTime())) {
                return feed;
            }
            // It was just forgotten.
            feeds.remove(user, feed);
        }
    }

    private UserFeed activate(int user) {
        var fresh = new UserFeed(user, System.nanoTime());
        if (closing) {
            fresh.close();
        }
        UserFeed other = feeds.putIfAbsent(user, fresh);
        if (other != null) {
            return other;
        }
        boolean complete = false;
        try {
            // From here on the announcer sees the user's own joins, so none falls between the two.
            for (int room : joinedRooms.apply(user)) {
                listen(room, fresh);
            }
            complete = true;
        } finally {
            if (!complete) {
                giveUp(fresh);
            }
        }
        fresh.completeAfter(committed);
        // Another device of the user may have the feed since before it heard the rooms.
        fresh.poke();
        return fresh;
    }

    /// Forgets a feed that does not hear its rooms: whoever has it already is not to wait on it.
    private void giveUp(UserFeed deaf) {
        deaf.retire();
        feeds.remove(deaf.user(), deaf);
        audiences.keySet().forEach(room -> leave(room, Set.of(deaf)));
    }

    /// Wakes the active users of a room for something without a position, such as typing.
    public void pokeRoom(int room) {
        audience(room).forEach(UserFeed::poke);
    }

    /// How many users are woken by what happens in a room. Costs no statement.
    public int readers(int room) {
        return audience(room).size();
    }

    /// Wakes those readers of active users who want presence: the users themselves, and everybody
    /// who is in one of these rooms. Each is woken once.
    public void pokeForPresence(Collection<Integer> rooms, Collection<Integer> users) {
        Set<UserFeed> concerned = new HashSet<>();
        rooms.forEach(room -> concerned.addAll(audience(room)));
        users.stream().map(feeds::get).filter(Objects::nonNull).forEach(concerned::add);
        concerned.forEach(UserFeed::pokeForPresence);
    }

    /// Whether a user hears of what happens in a room: all who are joined to it do, and some who
    /// were. Costs no statement.
    ///
    /// @param feed the user's feed
    public boolean reaches(int room, UserFeed feed) {
        return audience(room).contains(feed);
    }

    /// Ends the waiting of all readers, now and from now on, so that the server can close.
    public void endWaiting() {
        closing = true;
        feeds.values().forEach(UserFeed::close);
    }

    /// The number of active users.
    public int activeUsers() {
        return feeds.size();
    }

    /// The number of readers that wait for news.
    public int waiting() {
        return feeds.values().stream().mapToInt(UserFeed::waiting).sum();
    }

    /// Forgets the users who have been idle for [#IDLE]. Run it every minute or so.
    public void forgetIdle() {
        forgetIdleSince(System.nanoTime() - IDLE.toNanos());
    }

    void forgetIdleSince(long nanos) {
        Set<UserFeed> idle = new HashSet<>();
        for (UserFeed feed : feeds.values()) {
            if (feed.retireIfIdleSince(nanos)) {
                feeds.remove(feed.user(), feed);
                idle.add(feed);
            }
        }
        if (!idle.isEmpty()) {
            audiences.keySet().forEach(room -> leave(room, idle));
        }
    }

    /// Announces what was handed over and stops. What is handed over later is not announced.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        put(new News.End());
        try {
            if (!announcer.join(CLOSE_MAX)) {
                LOG.log(Level.WARNING, "Some changes were not announced before the shutdown");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets a feed hear a room. An audience that just became empty must not be dropped meanwhile.
    private void listen(int room, UserFeed feed) {
        audiences.compute(
                room,
                (_, present) -> {
                    Set<UserFeed> audience =
                            present == null ? ConcurrentHashMap.newKeySet(1) : present;
                    audience.add(feed);
                    return audience;
                });
    }

    private void leave(int room, Set<UserFeed> gone) {
        audiences.computeIfPresent(
                room,
                (_, audience) -> {
                    audience.removeAll(gone);
                    return audience.isEmpty() ? null : audience;
                });
    }

    private Set<UserFeed> audience(int room) {
        return audiences.getOrDefault(room, Set.of());
    }

    private void announceAll() {
        try {
            while (true) {
                switch (news.take()) {
                    case News.Commit(List<Change> changes) -> announceOrSkip(changes);
                    case News.Gap(long upTo) -> announceGap(upTo);
                    case News.End() -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody ends the announcer so", e);
        } finally {
            synchronized (publishing) {
                silent = true;
                publishing.notifyAll();
            }
        }
    }

    private void announceOrSkip(List<Change> changes) {
        try {
            announce(changes);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "A change could not be announced; readers will query the database",
                    e);
            announceGap(changes.getLast().position());
        }
    }

    /// Fills the feeds first, then moves the position, and wakes only then: who wakes finds
    /// everything in place.
    private void announce(List<Change> changes) {
        for (Change change : changes) {
            concerned(change, feed -> add(feed, change));
        }
        publish(changes.getLast().position());
        for (Change change : changes) {
            concerned(change, UserFeed::poke);
        }
    }

    private void announceGap(long upTo) {
        feeds.values().forEach(feed -> feed.forgetUpTo(upTo));
        publish(upTo);
        feeds.values().forEach(UserFeed::poke);
    }

    private void publish(long position) {
        synchronized (publishing) {
            published = position;
            publishing.notifyAll();
        }
    }

    private static void add(UserFeed feed, Change change) {
        int kind = kind(change.kind());
        if (change.kind() == Change.Kind.EVENT && change.user() == feed.user()) {
            kind |= ChangeKind.MEMBERSHIP;
        }
        feed.add(change.position(), change.room(), kind);
    }

    /// Hands `consumer` the feeds of the active users whom a change concerns. Who was once in a
    /// room stays in its audience until idle; the reader asks for the membership anyway.
    private void concerned(Change change, Consumer<UserFeed> consumer) {
        UserFeed target = change.user() == 0 ? null : feeds.get(change.user());
        switch (change.kind()) {
            case EVENT -> {
                if (target != null) {
                    listen(change.room(), target);
                }
                audience(change.room()).forEach(consumer);
            }
            case RECEIPT -> audience(change.room()).forEach(consumer);
            case PRIVATE_RECEIPT, MEMBERSHIP, ACCOUNT_DATA, PROFILE, DEVICES -> {
                if (target != null) {
                    consumer.accept(target);
                }
            }
        }
    }

    private static int kind(Change.Kind kind) {
        return switch (kind) {
            case EVENT -> ChangeKind.EVENT;
            case MEMBERSHIP -> ChangeKind.MEMBERSHIP;
            case RECEIPT, PRIVATE_RECEIPT -> ChangeKind.RECEIPT;
            case ACCOUNT_DATA -> ChangeKind.ACCOUNT_DATA;
            case PROFILE, DEVICES -> ChangeKind.OTHER;
        };
    }
}
