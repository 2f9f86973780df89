package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageMetrics;
import chat.hearth.storage.VitalWork;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes the log back into the database file from a thread of its own, so that commits seldom have
/// to. It never makes a reader or the writer wait.
final class SqliteUpkeep implements Upkeep {
    private static final Logger LOG = System.getLogger(SqliteUpkeep.class.getName());

    /// Soon after so many writes the log is written back, so that the writer, which does it itself
    /// once the log is large, finds little left to do: whoever waits for a commit waits for that.
    private static final int BACKLOG_WRITES = 500;

    private static final long LOOK_MILLIS = 50;
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final SqliteDialect dialect;
    private final StorageMetrics metrics;
    private final Fence fence;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /// Belongs to the thread.
    private @Nullable Connection connection;

    private SqliteUpkeep(
            SqliteDialect dialect, StorageMetrics metrics, Fence fence, VitalWork vital) {
        this.dialect = dialect;
        this.metrics = metrics;
        this.fence = fence;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("hearth-checkpoint")
                        .unstarted(
                                vital.thread(
                                        "The checkpointing of the write-ahead log", this::work));
    }

    static SqliteUpkeep start(
            SqliteDialect dialect, StorageMetrics metrics, Fence fence, VitalWork vital) {
        var upkeep = new SqliteUpkeep(dialect, metrics, fence, vital);
        upkeep.thread.start();
        return upkeep;
    }

    @Override
    public void close() {
        closing.countDown();
        Threads.join(thread);
    }

    private void work() {
        long written = metrics.writes().sum();
        long last = System.nanoTime();
        try {
            while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                long writes = metrics.writes().sum();
                long rested = System.nanoTime() - last;
                if (writes - written >= BACKLOG_WRITES
                        || (writes != written && rested >= PAUSE_NANOS)) {
                    written = writes;
                    last = System.nanoTime();
                    checkpoint("PASSIVE");
                }
            }
            checkpoint("TRUNCATE");
            drop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkpoint(String mode) {
        try {
            Connection open = connection;
            if (open == null) {
                open = dialect.openWriter(WriterRole.VISITOR);
                connection = open;
            }
            SqliteDialect.execute(open, "PRAGMA wal_checkpoint(" + mode + ")");
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "The write-ahead log could not be checkpointed", e);
            dialect.damage(e).ifPresent(fence::raise);
            drop();
        }
    }

    private void drop() {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "A connection did not close cleanly", e);
        }
    }
}
