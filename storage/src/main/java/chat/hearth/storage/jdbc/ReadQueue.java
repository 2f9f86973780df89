package chat.hearth.storage.jdbc;

import chat.hearth.storage.ReadContext;
import chat.hearth.storage.ReadDroppedException;
import chat.hearth.storage.ReadPriority;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The reads that wait for a connection, in the order in which they get one. Thread safe.
///
/// A higher priority goes first, but a lower one has a turn after a number of others have passed
/// it. Within a priority the owners take turns: the second read of one user waits until every other
/// user who waits has had a first one. A user has a few reads running at most; reads that are no
/// user's are not limited so.
///
/// @param <T> what waits
final class ReadQueue<T extends ReadQueue.Waiting> {
    /// How many reads may wait; the next one is refused.
    static final int WAITING_MAX = 16_384;

    /// How many reads of one user may wait; the next one is refused.
    static final int OWNER_WAITING_MAX = 256;

    /// So many reads of higher priorities pass a waiting read of a lower one before it has a turn.
    static final int PASSED_MAX = 8;

    /// The same for housekeeping.
    static final int BACKGROUND_PASSED_MAX = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition runnable = lock.newCondition();
    private final int runningMax;
    private final Map<ReadPriority, Lane> lanes = new EnumMap<>(ReadPriority.class);
    private final Map<Integer, Integer> running = new HashMap<>();
    private final Map<Integer, Integer> waitingOf = new HashMap<>();
    private int size;

    /// A read in the queue.
    interface Waiting {
        /// On whose behalf it is.
        ReadContext context();
    }

    /// @param runningMax how many reads of one user run at once
    ReadQueue(int runningMax) {
        this.runningMax = runningMax;
        for (ReadPriority priority : ReadPriority.values()) {
            lanes.put(priority, new Lane());
        }
    }

    /// A queue for so many connections, of which no user gets more than half.
    static <T extends Waiting> ReadQueue<T> forConnections(int count) {
        return new ReadQueue<>(Math.clamp(count / 2, 1, 4));
    }

    /// The reads of one priority.
    private final class Lane {
        /// In the order of their turns.
        private final Map<Integer, ArrayDeque<T>> owners = new LinkedHashMap<>();

        /// How many reads of higher priorities have run while this one waited.
        private int passed;

        private @Nullable T next() {
            Integer owner = nextOwner();
            if (owner == null) {
                return null;
            }
            ArrayDeque<T> reads = Objects.requireNonNull(owners.remove(owner));
            T read = reads.removeFirst();
            if (!reads.isEmpty()) {
                owners.put(owner, reads);
            }
            return read;
        }

        private @Nullable Integer nextOwner() {
            for (Integer owner : owners.keySet()) {
                if (mayRun(owner)) {
                    return owner;
                }
            }
            return null;
        }
    }

    private boolean mayRun(int owner) {
        return owner == ReadContext.NOBODY || running.getOrDefault(owner, 0) < runningMax;
    }

    /// Lets a read wait for its turn.
    ///
    /// @throws ReadDroppedException when too many wait
    void add(T read) {
        lock.lock();
        try {
            enqueue(read);
            runnable.signal();
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(T read) {
        int owner = read.context().owner();
        int waiting = waitingOf.getOrDefault(owner, 0);
        if (size == WAITING_MAX || owner != ReadContext.NOBODY && waiting == OWNER_WAITING_MAX) {
            throw new ReadDroppedException(ReadDroppedException.Reason.CROWDED);
        }
        waitingOf.put(owner, waiting + 1);
        lane(read).owners.computeIfAbsent(owner, _ -> new ArrayDeque<>()).addLast(read);
        size++;
    }

    /// The read that runs next, or null when none may run now. It counts as running until
    /// [#finished].
    @Nullable T poll() {
        lock.lock();
        try {
            return dequeue();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable T dequeue() {
        for (ReadPriority priority : ReadPriority.values()) {
            if (hasWaitedLong(priority)) {
                T read = next(priority);
                if (read != null) {
                    return read;
                }
            }
        }
        for (ReadPriority priority : ReadPriority.values()) {
            T read = next(priority);
            if (read != null) {
                return read;
            }
        }
        return null;
    }

    /// The read that runs next, as soon as there is one.
    T take() throws InterruptedException {
        lock.lock();
        try {
            T read = dequeue();
            while (read == null) {
                runnable.await();
                read = dequeue();
            }
            return read;
        } finally {
            lock.unlock();
        }
    }

    /// Notes that a read which had its turn has ended. Another of its owner may run now.
    void finished(T read) {
        lock.lock();
        try {
            running.computeIfPresent(read.context().owner(), (_, count) -> less(count));
            if (size > 0) {
                runnable.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes back a read that has not had its turn. False when it has had it.
    boolean remove(T read) {
        lock.lock();
        try {
            return withdraw(read);
        } finally {
            lock.unlock();
        }
    }

    private boolean withdraw(T read) {
        int owner = read.context().owner();
        ArrayDeque<T> reads = lane(read).owners.get(owner);
        if (reads == null || !reads.remove(read)) {
            return false;
        }
        if (reads.isEmpty()) {
            lane(read).owners.remove(owner);
        }
        left(owner);
        return true;
    }

    /// How many reads wait.
    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable T next(ReadPriority priority) {
        Lane lane = lane(priority);
        T read = lane.next();
        if (read == null) {
            return null;
        }
        int owner = read.context().owner();
        left(owner);
        if (owner != ReadContext.NOBODY) {
            running.merge(owner, 1, Integer::sum);
        }
        lane.passed = 0;
        for (ReadPriority lower : ReadPriority.values()) {
            if (lower.compareTo(priority) > 0 && !lane(lower).owners.isEmpty()) {
                lane(lower).passed++;
            }
        }
        return read;
    }

    private boolean hasWaitedLong(ReadPriority priority) {
        int patience = priority == ReadPriority.BACKGROUND ? BACKGROUND_PASSED_MAX : PASSED_MAX;
        return lane(priority).passed >= patience;
    }

    private void left(int owner) {
        size--;
        waitingOf.computeIfPresent(owner, (_, count) -> less(count));
    }

    private static @Nullable Integer less(int count) {
        return count == 1 ? null : count - 1;
    }

    private Lane lane(T read) {
        return lane(read.context().priority());
    }

    private Lane lane(ReadPriority priority) {
        return Objects.requireNonNull(lanes.get(priority));
    }
}
