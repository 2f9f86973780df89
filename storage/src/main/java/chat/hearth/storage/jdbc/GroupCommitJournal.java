package chat.hearth.storage.jdbc;

import chat.hearth.storage.Guard;
import chat.hearth.storage.Journal;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import chat.hearth.storage.VitalWork;
import chat.hearth.storage.Write;
import chat.hearth.storage.WriteTicket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Takes whatever waits and commits it together. While many write, it waits a moment for those whom
/// the last commit has just set free, so that they share the next one; an idle journal commits at
/// once.
final class GroupCommitJournal implements Journal, AutoCloseable {
    /// The most writes in one transaction.
    static final int BATCH_MAX = 1_000;

    /// The last batch must have been this large for the journal to wait for company.
    private static final int CROWD = 8;

    /// How long it waits at most, and between two looks.
    private static final long LINGER_NANOS = 1_000_000;

    private static final long LOOK_NANOS = 100_000;

    /// How often an idle journal looks whether the database is lost, and whether it is back.
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

    private final WriteQueue queue;
    private final Writer writer;
    private final StorageMetrics metrics;
    private final Thread thread;

    private GroupCommitJournal(
            WriteQueue queue, Writer writer, StorageMetrics metrics, VitalWork vital) {
        this.queue = queue;
        this.writer = writer;
        this.metrics = metrics;
        this.thread =
                Thread.ofPlatform()
                        .name("hearth-journal")
                        .unstarted(vital.thread("The journal", this::work));
    }

    /// Starts the journal on a writer that is open.
    static GroupCommitJournal start(
            int capacity, Writer writer, StorageMetrics metrics, VitalWork vital) {
        var journal = new GroupCommitJournal(new WriteQueue(capacity), writer, metrics, vital);
        journal.thread.start();
        return journal;
    }

    @Override
    public <R> WriteTicket<R> enqueue(Write<R> write, Guard guard) {
        var pending = new PendingWrite<R>(write, guard);
        metrics.queueDepth().increment();
        try {
            queue.put(pending);
        } catch (StorageException e) {
            metrics.queueDepth().decrement();
            throw e;
        }
        return pending;
    }

    /// Whether the database could not be written to when that was last tried.
    boolean isCutOff() {
        return writer.isCutOff();
    }

    @Override
    public long announcedPosition() {
        return writer.announcedPosition();
    }

    /// Lets no more writes in, finishes those that wait, and returns when the last is done.
    @Override
    public void close() {
        queue.close();
        Threads.join(thread);
    }

    private void work() {
        int last = 0;
        while (queue.awaitWrites(PROBE_INTERVAL)) {
            linger(last);
            List<PendingWrite<?>> batch = queue.take(BATCH_MAX);
            if (!batch.isEmpty()) {
                writer.run(batch);
            } else if (writer.isCutOff()) {
                writer.probe();
            }
            last = batch.size();
            metrics.queueDepth().add(-last);
        }
        writer.close();
    }

    private void linger(int last) {
        if (last < CROWD) {
            return;
        }
        long deadline = System.nanoTime() + LINGER_NANOS;
        int seen = queue.size();
        while (seen < last && System.nanoTime() < deadline) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            int now = queue.size();
            if (now == seen) {
                return;
            }
            seen = now;
        }
    }
}
