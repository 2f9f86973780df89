package chat.hearth.storage.jdbc;

import chat.hearth.storage.ReadContext;
import chat.hearth.storage.ReadScopes;
import chat.hearth.storage.Snapshots;
import java.util.function.Function;
import java.util.function.Supplier;

/// Knows which connection the running code is inside of, and opens one to it where there is none.
final class Sessions implements Reads, Snapshots {
    private final ScopedValue<Session> current = ScopedValue.newInstance();
    private final ReaderPool pool;
    private final ReadScopes scopes;

    Sessions(ReaderPool pool, ReadScopes scopes) {
        this.pool = pool;
        this.scopes = scopes;
    }

    @Override
    public <R> R read(Function<SqlConnection, R> query) {
        if (current.isBound()) {
            return query.apply(current.get().connection());
        }
        ReadContext context = scopes.current();
        return pool.run(
                context,
                false,
                connection -> inside(context, connection, () -> query.apply(connection)));
    }

    @Override
    public <R> R read(Supplier<R> reads) {
        if (current.isBound()) {
            return reads.get();
        }
        ReadContext context = scopes.current();
        return pool.run(context, true, connection -> inside(context, connection, reads));
    }

    @Override
    public boolean isInWrite() {
        return current.isBound() && current.get().writing();
    }

    /// Runs `work` so that every read in it goes to the writer's connection.
    void inWrite(SqlConnection connection, Runnable work) {
        ScopedValue.where(current, new Session(connection, true)).run(work);
    }

    /// The read may run on another thread, which is in no scope of its own.
    private <R> R inside(ReadContext context, SqlConnection connection, Supplier<R> reads) {
        var session = new Session(connection, false);
        return scopes.call(context, () -> ScopedValue.where(current, session).call(reads::get));
    }
}
