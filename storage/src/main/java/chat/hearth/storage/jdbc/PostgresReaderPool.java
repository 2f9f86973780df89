package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;

/// Pooled connections, used from the caller's own thread: the driver is plain Java and lets virtual
/// threads wait.
final class PostgresReaderPool implements ReaderPool {
    private final HikariDataSource pool;
    private final StorageMetrics metrics;

    PostgresReaderPool(HikariDataSource pool, StorageMetrics metrics) {
        this.pool = pool;
        this.metrics = metrics;
    }

    @Override
    public <R> R run(boolean snapshot, Function<SqlConnection, R> query) {
        try (var connection =
                new SqlConnection(pool.getConnection(), metrics.readerStatements(), false)) {
            return snapshot ? inTransaction(connection, query) : query.apply(connection);
        } catch (SQLException e) {
            throw new StorageException("The database cannot be read", e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static <R> R inTransaction(SqlConnection connection, Function<SqlConnection, R> query)
            throws SQLException {
        Connection jdbc = connection.jdbc();
        jdbc.setAutoCommit(false);
        try {
            return query.apply(connection);
        } finally {
            jdbc.rollback();
            jdbc.setAutoCommit(true);
        }
    }
}
