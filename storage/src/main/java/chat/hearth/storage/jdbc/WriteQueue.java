package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The writes that wait, first come, first served. Thread safe; one thread takes.
final class WriteQueue {
    private final int capacity;
    private final ArrayDeque<PendingWrite<?>> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private boolean closed;

    WriteQueue(int capacity) {
        this.capacity = capacity;
    }

    /// Adds a write at the end; waits while the queue is full.
    ///
    /// @throws StorageException when the queue is closed
    void put(PendingWrite<?> write) {
        lock.lock();
        try {
            while (waiting.size() >= capacity && !closed) {
                notFull.awaitUninterruptibly();
            }
            if (closed) {
                throw new StorageException("The database is closed");
            }
            waiting.add(write);
            if (waiting.size() == 1) {
                notEmpty.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until there is a write to take, or `longest` has passed.
    ///
    /// @return false when the queue is closed and empty
    boolean awaitWrites(Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (waiting.isEmpty() && !closed && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Only closing ends the queue.
        } finally {
            lock.unlock();
        }
        return hasMore();
    }

    private boolean hasMore() {
        lock.lock();
        try {
            return !waiting.isEmpty() || !closed;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the first writes, at most `max`.
    List<PendingWrite<?>> take(int max) {
        lock.lock();
        try {
            int count = Math.min(max, waiting.size());
            List<PendingWrite<?>> taken = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                taken.add(waiting.remove());
            }
            notFull.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// Lets nobody in any more; what waits can still be taken.
    void close() {
        lock.lock();
        try {
            closed = true;
            notFull.signalAll();
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
