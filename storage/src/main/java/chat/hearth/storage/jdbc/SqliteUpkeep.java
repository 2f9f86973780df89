package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageMetrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Writes the log back into the database file from a thread of its own, so that commits seldom have
/// to. It never makes a reader or the writer wait.
final class SqliteUpkeep implements Upkeep {
    private static final Logger LOG = System.getLogger(SqliteUpkeep.class.getName());
    private static final long PAUSE_MILLIS = 1_000;

    private final SqliteDialect dialect;
    private final StorageMetrics metrics;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private SqliteUpkeep(SqliteDialect dialect, StorageMetrics metrics) {
        this.dialect = dialect;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().daemon().name("hearth-checkpoint").unstarted(this::work);
    }

    static SqliteUpkeep start(SqliteDialect dialect, StorageMetrics metrics) {
        var upkeep = new SqliteUpkeep(dialect, metrics);
        upkeep.thread.start();
        return upkeep;
    }

    @Override
    public void close() {
        closing.countDown();
        Threads.join(thread);
    }

    private void work() {
        long seen = metrics.commits().sum();
        try {
            while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                long commits = metrics.commits().sum();
                if (commits != seen) {
                    seen = commits;
                    checkpoint("PASSIVE");
                }
            }
            checkpoint("TRUNCATE");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkpoint(String mode) {
        try (Connection connection = dialect.openWriter(WriterRole.VISITOR)) {
            SqliteDialect.execute(connection, "PRAGMA wal_checkpoint(" + mode + ")");
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "The write-ahead log could not be written back", e);
        }
    }
}
