package chat.hearth.homeserver.account;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs jobs a few at a time, in the order in which they came. Of one key only one job waits, so
/// that a single user who sends many cannot take the places of others. Safe for use by several
/// threads.
final class HashQueue implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final int runningMax;
    private final int waitingMax;
    private final ExecutorService workers;
    private final ReentrantLock lock = new ReentrantLock();

    /// Both are guarded by the lock. There are no jobs that wait unless all workers are busy.
    private final LinkedHashMap<String, FutureTask<?>> waiting = new LinkedHashMap<>();

    private int running;

    /// @param runningMax how many jobs run at once
    /// @param waitingMax how many jobs may wait
    HashQueue(int runningMax, int waitingMax) {
        this.runningMax = runningMax;
        this.waitingMax = waitingMax;
        var pool =
                new ThreadPoolExecutor(
                        runningMax,
                        runningMax,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        // Holds no more than the workers that are about to begin.
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("hearth-password-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        this.workers = pool;
    }

    /// Runs `job` in its turn.
    ///
    /// @param key for whom it runs
    /// @return its result to come, empty when it may not wait: enough other jobs do, or one of the
    ///   same key
    <T> Optional<Future<T>> submit(String key, Callable<T> job) {
        var task = new FutureTask<>(job);
        lock.lock();
        try {
            if (running < runningMax) {
                workers.execute(() -> work(task));
                running++;
                return Optional.of(task);
            }
            if (waiting.size() >= waitingMax || waiting.putIfAbsent(key, task) != null) {
                return Optional.empty();
            }
            return Optional.of(task);
        } catch (RejectedExecutionException closed) {
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void work(FutureTask<?> first) {
        for (FutureTask<?> task = first; task != null; task = next()) {
            task.run();
        }
    }

    private @Nullable FutureTask<?> next() {
        lock.lock();
        try {
            Map.Entry<String, FutureTask<?>> oldest = waiting.pollFirstEntry();
            if (oldest == null) {
                running--;
                return null;
            }
            return oldest.getValue();
        } finally {
            lock.unlock();
        }
    }

    /// How many jobs wait.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more jobs; those that it has are finished.
    @Override
    public void close() {
        workers.shutdown();
    }
}
