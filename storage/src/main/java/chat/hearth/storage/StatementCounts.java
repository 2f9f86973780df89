package chat.hearth.storage;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// Counts the SQL statements of pieces of work, each piece by itself, whichever thread runs them.
/// Thread safe.
///
/// What several writes share is no piece's own: the head of the stream that their transaction reads
/// and writes, and inserts that were collected.
public final class StatementCounts {
    private final ScopedValue<LongAdder> current = ScopedValue.newInstance();
    private final LongAdder all = new LongAdder();

    StatementCounts() {}

    /// Runs `work` as a piece of its own.
    public void during(Runnable work) {
        ScopedValue.where(current, new LongAdder()).run(work);
    }

    /// The statements, so far, of the piece of work that the calling code is part of; none outside
    /// of any.
    public long soFar() {
        return current.isBound() ? current.get().sum() : 0;
    }

    /// The statements of all pieces of work until now.
    public long ofAll() {
        return all.sum();
    }

    /// `task`, to be run by another thread as part of the calling code's piece of work.
    public <T, R> Function<T, R> carried(Function<T, R> task) {
        if (!current.isBound()) {
            return task;
        }
        LongAdder count = current.get();
        return input -> ScopedValue.where(current, count).call(() -> task.apply(input));
    }

    void executed() {
        if (current.isBound()) {
            current.get().increment();
            all.increment();
        }
    }
}
