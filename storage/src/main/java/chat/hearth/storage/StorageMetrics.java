package chat.hearth.storage;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Counters of one database since it was opened. Thread safe; reading them costs no lock.
public final class StorageMetrics {
    private final LongAdder commits = new LongAdder();
    private final LongAdder commitNanos = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder failedWrites = new LongAdder();
    private final LongAdder rolledBackBatches = new LongAdder();
    private final LongAdder writerStatements = new LongAdder();
    private final LongAdder readerStatements = new LongAdder();
    private final Map<ReadDroppedException.Reason, LongAdder> droppedReads =
            new EnumMap<>(ReadDroppedException.Reason.class);
    private final LongAdder queueDepth = new LongAdder();
    private final StatementCounts statements = new StatementCounts();

    /// Counters that stand at zero.
    public StorageMetrics() {
        for (ReadDroppedException.Reason reason : ReadDroppedException.Reason.values()) {
            droppedReads.put(reason, new LongAdder());
        }
    }

    /// Transactions committed.
    public LongAdder commits() {
        return commits;
    }

    /// Time spent in commits, nanoseconds.
    public LongAdder commitNanos() {
        return commitNanos;
    }

    /// Writes that became durable.
    public LongAdder writes() {
        return writes;
    }

    /// Writes that failed.
    public LongAdder failedWrites() {
        return failedWrites;
    }

    /// Batches that were undone and run again write by write.
    public LongAdder rolledBackBatches() {
        return rolledBackBatches;
    }

    /// SQL statements executed by the writer; a batched statement counts once.
    public LongAdder writerStatements() {
        return writerStatements;
    }

    /// SQL statements executed by readers.
    public LongAdder readerStatements() {
        return readerStatements;
    }

    /// Reads that were given up before they got a connection.
    public LongAdder droppedReads(ReadDroppedException.Reason reason) {
        return Objects.requireNonNull(droppedReads.get(reason));
    }

    /// The statements of writer and readers by the work that they are run for.
    public StatementCounts statements() {
        return statements;
    }

    /// Counts a statement of the writer.
    public void writerExecuted() {
        writerStatements.increment();
        statements.executed();
    }

    /// Counts a statement of a reader.
    public void readerExecuted() {
        readerStatements.increment();
        statements.executed();
    }

    /// Writes that wait or run now.
    public LongAdder queueDepth() {
        return queueDepth;
    }
}
