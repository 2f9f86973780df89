package chat.hearth.storage.jdbc;

import chat.hearth.storage.ReadContext;
import chat.hearth.storage.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A few platform threads, each with its own connection: SQLite's native calls would hold the
/// carriers of virtual threads.
final class SqliteReaderPool implements ReaderPool {
    private final ReadQueue<ReadTask<?>> waiting;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /// Opens a connection that reads.
    interface Opener {
        SqlConnection open() throws SQLException;
    }

    private SqliteReaderPool(int count) {
        waiting = ReadQueue.forConnections(count);
    }

    static SqliteReaderPool open(int count, Opener opener) {
        var pool = new SqliteReaderPool(count);
        List<SqlConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                connections.add(opener.open());
            }
        } catch (SQLException e) {
            connections.forEach(SqlConnection::close);
            throw new StorageException("The database cannot be opened for reading", e);
        }
        for (SqlConnection connection : connections) {
            pool.threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("hearth-reader-" + (pool.threads.size() + 1))
                            .start(() -> pool.work(connection)));
        }
        return pool;
    }

    @Override
    public <R> R run(ReadContext context, boolean snapshot, Function<SqlConnection, R> query) {
        var task = new ReadTask<>(context, snapshot ? inTransaction(query) : query);
        waiting.add(task);
        if (closed) {
            refuseWaiting();
        }
        return task.await(waiting);
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        threads.forEach(Threads::join);
        refuseWaiting();
    }

    private void work(SqlConnection connection) {
        try (connection) {
            while (!closed) {
                ReadTask<?> task = waiting.take();
                try {
                    task.run(connection);
                } finally {
                    waiting.finished(task);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuseWaiting() {
        for (ReadTask<?> task = waiting.poll(); task != null; task = waiting.poll()) {
            waiting.finished(task);
            task.refuse(new StorageException("The database is closed"));
        }
    }

    private static <R> Function<SqlConnection, R> inTransaction(Function<SqlConnection, R> query) {
        return connection -> {
            try {
                SqliteDialect.execute(connection.jdbc(), "BEGIN");
                R result = query.apply(connection);
                SqliteDialect.execute(connection.jdbc(), "COMMIT");
                return result;
            } catch (SQLException e) {
                StorageException failure = SqlConnection.failed(e);
                endFailed(connection.jdbc(), failure);
                throw failure;
            } catch (RuntimeException | Error e) {
                endFailed(connection.jdbc(), e);
                throw e;
            }
        };
    }

    /// What went wrong first is what counts.
    private static void endFailed(Connection connection, Throwable failure) {
        try {
            SqliteDialect.execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
