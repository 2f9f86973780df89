package chat.hearth.storage.jdbc;

import chat.hearth.storage.Snapshots;
import chat.hearth.storage.StatementCounts;
import java.util.function.Function;
import java.util.function.Supplier;

/// Knows which connection the running code is inside of, and opens one to it where there is none.
final class Sessions implements Reads, Snapshots {
    private final ScopedValue<Session> current = ScopedValue.newInstance();
    private final ReaderPool pool;
    private final StatementCounts counts;

    Sessions(ReaderPool pool, StatementCounts counts) {
        this.pool = pool;
        this.counts = counts;
    }

    @Override
    public <R> R read(Function<SqlConnection, R> query) {
        if (current.isBound()) {
            return query.apply(current.get().connection());
        }
        return pool.run(
                false,
                counts.carried(connection -> inside(connection, () -> query.apply(connection))));
    }

    @Override
    public <R> R read(Supplier<R> reads) {
        if (current.isBound()) {
            return reads.get();
        }
        return pool.run(true, counts.carried(connection -> inside(connection, reads)));
    }

    @Override
    public boolean isInWrite() {
        return current.isBound() && current.get().writing();
    }

    /// Runs `work` so that every read in it goes to the writer's connection.
    void inWrite(SqlConnection connection, Runnable work) {
        ScopedValue.where(current, new Session(connection, true)).run(work);
    }

    private <R> R inside(SqlConnection connection, Supplier<R> reads) {
        return ScopedValue.where(current, new Session(connection, false)).call(reads::get);
    }
}
