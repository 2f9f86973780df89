package chat.hearth.storage.jdbc;

import chat.hearth.storage.DatabaseUnavailableException;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Function;

/// Pooled connections, used from the caller's own thread: the driver is plain Java and lets virtual
/// threads wait.
final class PostgresReaderPool implements ReaderPool {
    private final HikariDataSource pool;
    private final SqlDialect dialect;
    private final StorageMetrics metrics;
    private final Availability availability;

    PostgresReaderPool(
            HikariDataSource pool,
            SqlDialect dialect,
            StorageMetrics metrics,
            Availability availability) {
        this.pool = pool;
        this.dialect = dialect;
        this.metrics = metrics;
        this.availability = availability;
    }

    /// A read that loses its connection is done again on another, once: pooled connections outlive
    /// the server they were made to.
    @Override
    public <R> R run(boolean snapshot, Function<SqlConnection, R> query) {
        availability.require();
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
                    : new DatabaseUnavailableException("No connection came free in time", e);
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
