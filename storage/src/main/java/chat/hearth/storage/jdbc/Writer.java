package chat.hearth.storage.jdbc;

import chat.hearth.storage.Change;
import chat.hearth.storage.CommitListener;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs batches of writes on the one connection that writes. Belongs to the journal's thread.
final class Writer implements AutoCloseable {
    /// How often a batch is tried that was undone for a reason outside of it.
    private static final int TRIES_MAX = 4;

    private static final Logger LOG = System.getLogger(Writer.class.getName());

    private final SqlDialect dialect;
    private final Sessions sessions;
    private final StorageMetrics metrics;
    private final CommitListener listener;
    private @Nullable SqlConnection connection;
    private volatile long announcedPosition;

    Writer(SqlDialect dialect, Sessions sessions, StorageMetrics metrics, CommitListener listener) {
        this.dialect = dialect;
        this.sessions = sessions;
        this.metrics = metrics;
        this.listener = listener;
    }

    long announcedPosition() {
        return announcedPosition;
    }

    /// Opens the connection and reads where the stream stands.
    void open() {
        try {
            SqlConnection opened = connect();
            announcedPosition = head(opened, StreamHead.READ).position();
        } catch (SQLException e) {
            throw new StorageException("The database cannot be opened for writing", e);
        }
    }

    /// Runs the writes as one transaction; when one of them fails, each as its own. Every ticket is
    /// completed when this returns.
    void run(List<PendingWrite<?>> batch) {
        metrics.countBatch(batch.size());
        switch (attempt(batch)) {
            case BatchOutcome.Durable() -> {}
            case BatchOutcome.Unknown(StorageException cause) -> failUnknown(batch, cause);
            case BatchOutcome.Undone(Throwable cause, boolean worthRetrying) -> {
                if (worthRetrying || batch.size() == 1) {
                    fail(batch, cause);
                } else {
                    metrics.rolledBackBatches().increment();
                    batch.forEach(this::runAlone);
                }
            }
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private void runAlone(PendingWrite<?> write) {
        List<PendingWrite<?>> alone = List.of(write);
        switch (attempt(alone)) {
            case BatchOutcome.Durable() -> {}
            case BatchOutcome.Unknown(StorageException cause) -> failUnknown(alone, cause);
            case BatchOutcome.Undone(Throwable cause, _) -> fail(alone, cause);
        }
    }

    private BatchOutcome attempt(List<PendingWrite<?>> batch) {
        for (int tries = 1; ; tries++) {
            BatchOutcome outcome = transact(batch);
            boolean again =
                    outcome instanceof BatchOutcome.Undone undone
                            && undone.worthRetrying()
                            && tries < TRIES_MAX;
            if (!again) {
                return outcome;
            }
        }
    }

    private BatchOutcome transact(List<PendingWrite<?>> batch) {
        JdbcTransaction tx;
        SqlConnection sql;
        try {
            sql = connect();
            tx = begin(sql);
        } catch (SQLException e) {
            disconnect();
            return undone(new StorageException("The database cannot be written to", e));
        } catch (StorageException e) {
            disconnect();
            return undone(e);
        }
        try {
            sessions.inWrite(sql, () -> batch.forEach(write -> write.run(tx)));
            tx.complete();
        } catch (Throwable e) {
            rollback(tx);
            return undone(e);
        }
        return commit(tx, batch);
    }

    private JdbcTransaction begin(SqlConnection sql) throws SQLException {
        dialect.begin(sql.jdbc());
        StreamHead head = head(sql, dialect.lockHead());
        if (head.position() > announcedPosition) {
            announcedPosition = head.position();
            tell(() -> listener.skipped(head.position()));
        }
        return new JdbcTransaction(sql, head);
    }

    private BatchOutcome commit(JdbcTransaction tx, List<PendingWrite<?>> batch) {
        long start = System.nanoTime();
        try {
            dialect.commit(tx.sql().jdbc());
        } catch (SQLException e) {
            tx.end(false);
            disconnect();
            return dialect.isSurelyUndone(e)
                    ? undone(SqlConnection.failed(e))
                    : new BatchOutcome.Unknown(new StorageException("A commit failed", e));
        }
        metrics.commitNanos().add(System.nanoTime() - start);
        metrics.commits().increment();
        metrics.writes().add(batch.size());
        tx.end(true);
        announce(tx);
        batch.forEach(PendingWrite::complete);
        return new BatchOutcome.Durable();
    }

    private void announce(JdbcTransaction tx) {
        announcedPosition = tx.head().position();
        List<Change> changes = tx.changes();
        if (changes.isEmpty()) {
            return;
        }
        tell(() -> listener.committed(changes));
    }

    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A listener failed; what it was told is durable", e);
        }
    }

    private void rollback(JdbcTransaction tx) {
        tx.end(false);
        try {
            tx.sql().forget();
            dialect.rollback(tx.sql().jdbc());
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "A rollback failed; the connection is given up", e);
            disconnect();
        }
    }

    /// Fails writes that may or may not have become durable, once that is decided: a server that
    /// lost us may still be committing, and holds the head of the stream until it is done. So
    /// whoever hears of the failure and reads finds what will stay.
    private void failUnknown(List<PendingWrite<?>> batch, StorageException cause) {
        try {
            rollback(begin(connect()));
        } catch (SQLException | StorageException e) {
            LOG.log(Level.WARNING, "The database does not answer after a failed commit", e);
            disconnect();
        }
        fail(batch, cause);
    }

    private void fail(List<PendingWrite<?>> batch, Throwable cause) {
        metrics.failedWrites().add(batch.size());
        for (PendingWrite<?> write : batch) {
            try {
                write.fail(cause);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "A guard failed while it heard of a failed write", e);
            }
        }
    }

    private BatchOutcome undone(Throwable cause) {
        boolean worthRetrying =
                cause instanceof StorageException
                        && cause.getCause() instanceof SQLException sql
                        && dialect.isTransient(sql);
        return new BatchOutcome.Undone(cause, worthRetrying);
    }

    private static StreamHead head(SqlConnection sql, Sql query) {
        return sql.first(query, Binding.NONE, StreamHead::of)
                .orElseThrow(() -> new StorageException("The head of the stream is missing"));
    }

    private SqlConnection connect() throws SQLException {
        SqlConnection open = connection;
        if (open == null) {
            open =
                    new SqlConnection(
                            dialect.openWriter(),
                            metrics.writerStatements(),
                            dialect.collectsInserts());
            connection = open;
        }
        return open;
    }

    private void disconnect() {
        SqlConnection broken = connection;
        connection = null;
        if (broken == null) {
            return;
        }
        try {
            broken.close();
        } catch (StorageException e) {
            LOG.log(Level.DEBUG, "A broken connection did not close cleanly", e);
        }
    }
}
