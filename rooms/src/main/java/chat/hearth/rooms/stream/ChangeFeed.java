package chat.hearth.rooms.stream;

import chat.hearth.storage.Change;
import chat.hearth.storage.CommitListener;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Tells active users what became durable, in the order of the stream.
///
/// The writer hands over each commit; one announcer thread puts it into the feeds of the users whom it
/// concerns and wakes them. A user is active from the first sync until [#IDLE] after the last; only
/// active users cost anything. Safe for use by several threads.
public final class ChangeFeed implements CommitListener, AutoCloseable {
    /// A user who has not synced for this long is forgotten, and starts from the store next time.
    public static final Duration IDLE = Duration.ofMinutes(5);

    /// So many commits wait for the announcer before the writer waits for it.
    private static final int COMMITS_WAITING_MAX = 1_024;

    private static final Logger LOG = Logger.getLogger(ChangeFeed.class.getName());

    private final IntFunction<int[]> joinedRooms;
    private final ConcurrentMap<Integer, UserFeed> feeds = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Set<UserFeed>> audiences = new ConcurrentHashMap<>();
    private final BlockingQueue<List<Change>> commits =
            new ArrayBlockingQueue<>(COMMITS_WAITING_MAX);
    private final Thread announcer;
    private final Object publishing = new Object();
    private volatile long committed;
    private volatile long published;

    /// A feed that starts at `position`.
    ///
    /// @param joinedRooms answers the numbers of the rooms that a user has joined
    public ChangeFeed(long position, IntFunction<int[]> joinedRooms) {
        this.joinedRooms = joinedRooms;
        this.committed = position;
        this.published = position;
        this.announcer =
                Thread.ofPlatform().daemon().name("hearth-announcer").start(this::announceAll);
    }

    @Override
    public void committed(long position, List<Change> changes) {
        committed = position;
        try {
            commits.put(changes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The position up to which everything was announced.
    public long position() {
        return published;
    }

    /// The position up to which everything durable at this moment was announced; waits the moment that
    /// this takes, so that who was answered before sees what was answered.
    public long settledPosition() throws InterruptedException {
        long wanted = committed;
        if (published < wanted) {
            synchronized (publishing) {
                while (published < wanted) {
                    publishing.wait();
                }
            }
        }
        return published;
    }

    /// The feed of `user`, who is active from now on.
    public UserFeed subscribe(int user) {
        UserFeed feed = feeds.get(user);
        if (feed == null) {
            feed = activate(user);
        }
        feed.touch(System.nanoTime());
        return feed;
    }

    private UserFeed activate(int user) {
        var fresh = new UserFeed(user, System.nanoTime());
        UserFeed other = feeds.putIfAbsent(user, fresh);
        if (other != null) {
            return other;
        }
        // From here on the announcer sees the user's own joins, so none falls between the two.
        for (int room : joinedRooms.apply(user)) {
            audience(room).add(fresh);
        }
        fresh.completeAfter(committed);
        return fresh;
    }

    /// Wakes the active users of a room for something without a position, such as typing.
    public void pokeRoom(int room) {
        Set<UserFeed> audience = audiences.get(room);
        if (audience != null) {
            audience.forEach(UserFeed::poke);
        }
    }

    /// Wakes one user for something without a position.
    public void pokeUser(int user) {
        UserFeed feed = feeds.get(user);
        if (feed != null) {
            feed.poke();
        }
    }

    /// Wakes everyone, so that waiting readers look whether the server is closing.
    public void pokeAll() {
        feeds.values().forEach(UserFeed::poke);
    }

    /// The number of active users.
    public int activeUsers() {
        return feeds.size();
    }

    /// Forgets the users who have been idle for [#IDLE]. Run it every minute or so.
    public void forgetIdle() {
        long limit = System.nanoTime() - IDLE.toNanos();
        for (UserFeed feed : feeds.values()) {
            if (feed.isIdleSince(limit) && feeds.remove(feed.user(), feed)) {
                audiences.values().forEach(audience -> audience.remove(feed));
            }
        }
        audiences.values().removeIf(Set::isEmpty);
    }

    /// Announces what was handed over and stops.
    @Override
    public void close() {
        announcer.interrupt();
    }

    private Set<UserFeed> audience(int room) {
        return audiences.computeIfAbsent(room, _ -> ConcurrentHashMap.newKeySet());
    }

    private void announceAll() {
        try {
            while (true) {
                announce(commits.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void announce(List<Change> changes) {
        long last = published;
        for (Change change : changes) {
            try {
                announce(change);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "Could not announce a change", e);
            }
            last = Math.max(last, change.position());
        }
        synchronized (publishing) {
            published = last;
            publishing.notifyAll();
        }
        for (Change change : changes) {
            wake(change);
        }
    }

    private void announce(Change change) {}

    private void wake(Change change) {}
}
