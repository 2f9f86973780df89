package chat.hearth.rooms.stream;

import chat.hearth.rooms.stream.FeedSpan.RoomChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// The recent changes that concern one active user, and the readers that wait for the next. Safe
/// for use by several threads.
///
/// The changes live in a ring of [#RING_SIZE]; when it overflows, readers that are further behind
/// fall back to the store.
public final class UserFeed {
    /// So many changes are remembered for a user.
    static final int RING_SIZE = 256;

    private static final int RING_SIZE_AT_FIRST = 4;

    private final int user;
    private long[] positions = new long[RING_SIZE_AT_FIRST];
    private int[] rooms = new int[RING_SIZE_AT_FIRST];
    private int[] kinds = new int[RING_SIZE_AT_FIRST];
    private int size;
    private int next;
    private long completeAfter = Long.MAX_VALUE;
    private long generation;
    private long presenceGeneration;
    private int waiting;
    private int waitingForPresence;
    private long lastUsedNanos;
    private boolean closed;
    private boolean retired;

    UserFeed(int user, long nowNanos) {
        this.user = user;
        this.lastUsedNanos = nowNanos;
    }

    /// The user's number.
    public int user() {
        return user;
    }

    /// Declares that every change after `position` has been or will be offered to this feed.
    synchronized void completeAfter(long position) {
        if (!retired) {
            completeAfter = Math.min(completeAfter, position);
        }
    }

    /// Forgets what was up to `position`, where something may be missing.
    synchronized void forgetUpTo(long position) {
        completeAfter = Math.max(completeAfter, position);
    }

    /// Remembers a change. `room` is 0 for a change outside of any room.
    synchronized void add(long position, int room, int kind) {
        if (size == positions.length && size < RING_SIZE) {
            grow();
        }
        if (size == RING_SIZE) {
            completeAfter = Math.max(completeAfter, positions[next]);
        } else {
            size++;
        }
        positions[next] = position;
        rooms[next] = room;
        kinds[next] = kind;
        next = (next + 1) % positions.length;
    }

    /// Doubles a full ring. Until it has its final size it never wraps, so the oldest is at index
    /// 0.
    private void grow() {
        next = size;
        positions = Arrays.copyOf(positions, size * 2);
        rooms = Arrays.copyOf(rooms, size * 2);
        kinds = Arrays.copyOf(kinds, size * 2);
    }

    /// Wakes whoever waits.
    synchronized void poke() {
        generation++;
        if (waiting > 0) {
            notifyAll();
        }
    }

    /// Wakes whoever waits for presence too.
    synchronized void pokeForPresence() {
        presenceGeneration++;
        if (waitingForPresence > 0) {
            notifyAll();
        }
    }

    /// Ends all waiting, now and from now on.
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /// Names the present moment; read it before looking, and wait on it afterwards.
    ///
    /// @param presence whether changes of presence count
    public synchronized long generation(boolean presence) {
        return presence ? generation + presenceGeneration : generation;
    }

    /// Blocks until something changed since `seen` was read, `timeout` has passed, or the server is
    /// closing.
    ///
    /// @param presence whether changes of presence count, as they did when `seen` was read
    /// @return whether something changed
    public synchronized boolean awaitChange(long seen, boolean presence, Duration timeout)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        waiting++;
        waitingForPresence += presence ? 1 : 0;
        try {
            while (generation(presence) == seen && !closed) {
                long millis = Math.ceilDiv(deadline - System.nanoTime(), 1_000_000L);
                if (millis <= 0) {
                    return false;
                }
                wait(millis);
            }
            return generation(presence) != seen;
        } finally {
            waiting--;
            waitingForPresence -= presence ? 1 : 0;
            lastUsedNanos = System.nanoTime();
        }
    }

    /// What changed after `since` and up to `until`, both positions.
    public synchronized FeedSpan changes(long since, long until) {
        if (since < completeAfter) {
            return FeedSpan.Unknown.UNKNOWN;
        }
        int globalKinds = 0;
        Map<Integer, Integer> changed = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            int at = Math.floorMod(next - size + i, positions.length);
            if (positions[at] <= since || positions[at] > until) {
                continue;
            }
            if (rooms[at] == 0) {
                globalKinds |= kinds[at];
            } else {
                changed.merge(rooms[at], kinds[at], (a, b) -> a | b);
            }
        }
        var rows = new ArrayList<RoomChange>(changed.size());
        changed.forEach((room, roomKinds) -> rows.add(new RoomChange(room, roomKinds)));
        return new FeedSpan.Known(rows, globalKinds);
    }

    /// How many readers wait.
    public synchronized int waiting() {
        return waiting;
    }

    /// Notes that the feed is used.
    ///
    /// @return false when it is not any more, as it was retired
    synchronized boolean touch(long nowNanos) {
        lastUsedNanos = nowNanos;
        return !retired;
    }

    /// Ends the feed unless it was used after `nanos`. From then on it knows nothing: a reader who
    /// still holds it goes to the store.
    ///
    /// @return whether it has ended
    synchronized boolean retireIfIdleSince(long nanos) {
        if (waiting == 0 && lastUsedNanos - nanos < 0) {
            retire();
        }
        return retired;
    }

    /// Ends the feed, and all waiting on it.
    synchronized void retire() {
        retired = true;
        completeAfter = Long.MAX_VALUE;
        close();
    }
}
