package chat.hearth.storage.jdbc;

import chat.hearth.storage.DatabaseUnavailableException;
import chat.hearth.storage.ReadContext;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Pooled connections, used from the caller's own thread: the driver is plain Java and lets virtual
/// threads wait.
final class PostgresReaderPool implements ReaderPool {
    private final HikariDataSource pool;
    private final ReadQueue<ReadTurn> waiting;
    private final SqlDialect dialect;
    private final StorageMetrics metrics;
    private final Availability availability;

    /// How many connections no read has.
    private int free;

    PostgresReaderPool(
            HikariDataSource pool,
            SqlDialect dialect,
            StorageMetrics metrics,
            Availability availability) {
        this.pool = pool;
        this.waiting = ReadQueue.forConnections(pool.getMaximumPoolSize());
        this.free = pool.getMaximumPoolSize();
        this.dialect = dialect;
        this.metrics = metrics;
        this.availability = availability;
    }

    /// Waits here for its turn, not in the pool, which knows neither priorities nor whose reads
    /// they are: who has had a turn finds a connection free, or may make one.
    @Override
    public <R> R run(ReadContext context, boolean snapshot, Function<SqlConnection, R> query) {
        availability.require();
        var turn = new ReadTurn(context);
        waiting.add(turn);
        beginNext();
        turn.awaitRelease(waiting, turn);
        try {
            availability.require();
            return run(snapshot, query);
        } finally {
            ended(turn);
        }
    }

    private void ended(ReadTurn turn) {
        waiting.finished(turn);
        synchronized (this) {
            free++;
        }
        beginNext();
    }

    /// Gives every free connection to the read whose turn it is.
    private void beginNext() {
        for (ReadTurn next = nextTurn(); next != null; next = nextTurn()) {
            if (!next.begin()) {
                waiting.finished(next);
                synchronized (this) {
                    free++;
                }
            }
        }
    }

    private synchronized @Nullable ReadTurn nextTurn() {
        ReadTurn next = free == 0 ? null : waiting.poll();
        if (next != null) {
            free--;
        }
        return next;
    }

    /// A read that loses its connection is done again on another, once: pooled connections outlive
    /// the server they were made to.
    private <R> R run(boolean snapshot, Function<SqlConnection, R> query) {
        Connection first = connection();
        try {
            return on(first, snapshot, query);
        } catch (StorageException e) {
            if (!(e.getCause() instanceof SQLException sql) || !dialect.isUnavailable(sql)) {
                throw e;
            }
        }
        Connection second = connection();
        try {
            return on(second, snapshot, query);
        } catch (StorageException e) {
            throw e.getCause() instanceof SQLException sql && dialect.isUnavailable(sql)
                    ? availability.lost(sql)
                    : e;
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            throw e.getCause() instanceof SQLException sql && dialect.isUnavailable(sql)
                    ? availability.lost(sql)
                    : new DatabaseUnavailableException("No connection could be made in time", e);
        } catch (SQLException e) {
            throw availability.lost(e);
        }
    }

    private <R> R on(Connection jdbc, boolean snapshot, Function<SqlConnection, R> query) {
        try (var connection = new SqlConnection(jdbc, metrics::readerExecuted, dialect)) {
            return snapshot ? inTransaction(connection, query) : query.apply(connection);
        }
    }

    private static <R> R inTransaction(SqlConnection connection, Function<SqlConnection, R> query) {
        Connection jdbc = connection.jdbc();
        try {
            jdbc.setAutoCommit(false);
            R result = query.apply(connection);
            end(jdbc);
            return result;
        } catch (SQLException e) {
            throw SqlConnection.failed(e);
        } catch (RuntimeException | Error e) {
            try {
                end(jdbc);
            } catch (SQLException later) {
                e.addSuppressed(later);
            }
            throw e;
        }
    }

    private static void end(Connection jdbc) throws SQLException {
        jdbc.rollback();
        jdbc.setAutoCommit(true);
    }
}
