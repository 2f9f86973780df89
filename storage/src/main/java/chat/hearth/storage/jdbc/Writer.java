package chat.hearth.storage.jdbc;

import chat.hearth.storage.Change;
import chat.hearth.storage.CommitListener;
import chat.hearth.storage.DatabaseUnavailableException;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs batches of writes on the one connection that writes. Belongs to the journal's thread.
final class Writer implements AutoCloseable {
    /// How often a batch is tried that was undone because of others.
    private static final int TRIES_MAX = 4;

    /// For so long a batch is tried again when the database is lost. A later one is tried once,
    /// until the database is back.
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Logger LOG = System.getLogger(Writer.class.getName());

    private final SqlDialect dialect;
    private final WriterSession session;
    private final Sessions sessions;
    private final StorageMetrics metrics;
    private final CommitListener listener;
    private final Availability availability;
    private final Fence fence;
    private volatile long announcedPosition;
    private volatile boolean refused;

    /// The write that runs at this moment, null between writes.
    private @Nullable PendingWrite<?> running;

    Writer(
            SqlDialect dialect,
            WriterSession session,
            Sessions sessions,
            StorageMetrics metrics,
            CommitListener listener,
            Availability availability,
            Fence fence) {
        this.dialect = dialect;
        this.session = session;
        this.sessions = sessions;
        this.metrics = metrics;
        this.listener = listener;
        this.availability = availability;
        this.fence = fence;
    }

    long announcedPosition() {
        return announcedPosition;
    }

    /// Whether the database could not be written to when that was last tried.
    boolean isCutOff() {
        return refused || availability.isLost();
    }

    /// Reads where the stream stands.
    void open() {
        try {
            announcedPosition = session.resume().position();
        } catch (SQLException e) {
            throw new StorageException("The database cannot be opened for writing", e);
        }
    }

    /// Runs the writes as one transaction. A write that its guard refuses fails before anything has
    /// an effect; one that fails in its run splits the batch into those before it and those behind
    /// it. Every ticket is completed when this returns.
    void run(List<PendingWrite<?>> batch) {
        try {
            runOrFail(batch);
        } catch (RuntimeException | Error e) {
            // Nobody knows what is stored and what not.
            LOG.log(Level.ERROR, "The writer failed", e);
            session.drop();
            fail(
                    batch.stream().filter(write -> !write.isDone()).toList(),
                    fence.raise("The writer failed"));
        }
    }

    private void runOrFail(List<PendingWrite<?>> batch) {
        List<PendingWrite<?>> rest = admitted(batch);
        while (!rest.isEmpty()) {
            rest = admitted(runFirst(rest));
        }
    }

    /// Those writes whose guards let them run. The others have failed when this returns.
    private List<PendingWrite<?>> admitted(List<PendingWrite<?>> batch) {
        List<PendingWrite<?>> admitted = new ArrayList<>(batch.size());
        for (PendingWrite<?> write : batch) {
            try {
                if (!write.isDone()) {
                    write.check();
                    admitted.add(write);
                }
            } catch (RuntimeException refusal) {
                fail(List.of(write), refusal);
            }
        }
        return admitted;
    }

    /// Runs the writes together, or else those before the one that failed, and that one.
    ///
    /// @return those that are still to be run
    private List<PendingWrite<?>> runFirst(List<PendingWrite<?>> batch) {
        return switch (attempt(batch)) {
            case BatchOutcome.Durable() -> List.of();
            case BatchOutcome.Failed(StorageException cause) -> {
                fail(batch, cause);
                yield List.of();
            }
            case BatchOutcome.Undone undone -> {
                if (undone.faultless() || batch.size() == 1) {
                    fail(batch, undone.cause());
                    yield List.of();
                }
                metrics.rolledBackBatches().increment();
                yield split(batch, undone.culprit());
            }
        };
    }

    private List<PendingWrite<?>> split(
            List<PendingWrite<?>> batch, @Nullable PendingWrite<?> culprit) {
        int at = culprit == null ? -1 : batch.indexOf(culprit);
        if (at < 0) {
            batch.forEach(this::runAlone);
            return List.of();
        }
        runOrFail(batch.subList(0, at));
        runAlone(batch.get(at));
        return batch.subList(at + 1, batch.size());
    }

    /// Tries whether the database can be written to again.
    void probe() {
        var _ = transact(List.of());
    }

    @Override
    public void close() {
        session.close();
    }

    private void runAlone(PendingWrite<?> write) {
        List<PendingWrite<?>> alone = admitted(List.of(write));
        if (alone.isEmpty()) {
            return;
        }
        if (isCutOff()) {
            // Lost after the batch was undone: one has found out for all.
            fail(alone, new DatabaseUnavailableException("The database cannot be used"));
            return;
        }
        switch (attempt(alone)) {
            case BatchOutcome.Durable() -> {}
            case BatchOutcome.Failed(StorageException cause) -> fail(alone, cause);
            case BatchOutcome.Undone undone -> fail(alone, undone.cause());
        }
    }

    private BatchOutcome attempt(List<PendingWrite<?>> batch) {
        long end = System.nanoTime() + (isCutOff() ? 0 : PATIENCE.toNanos());
        for (int tries = 1; ; tries++) {
            BatchOutcome outcome = transact(batch);
            if (!(outcome instanceof BatchOutcome.Undone undone) || !undone.faultless()) {
                return outcome;
            }
            boolean again =
                    undone.cause() instanceof DatabaseUnavailableException
                            ? paused(end)
                            : tries < TRIES_MAX;
            if (!again) {
                return outcome;
            }
        }
    }

    private BatchOutcome transact(List<PendingWrite<?>> batch) {
        JdbcTransaction tx;
        try {
            tx = begin();
        } catch (SQLException | StorageException e) {
            session.drop();
            return undone(e);
        }
        // To begin may have shown that others wrote, which some guards do not forgive.
        List<PendingWrite<?>> admitted = admitted(batch);
        running = null;
        try {
            sessions.inWrite(tx.sql(), () -> admitted.forEach(write -> run(write, tx)));
            tx.complete();
        } catch (Throwable e) {
            PendingWrite<?> culprit = running;
            rollback(tx);
            BatchOutcome.Undone undone = undone(e);
            return new BatchOutcome.Undone(undone.cause(), undone.faultless(), culprit);
        }
        return commit(tx, admitted);
    }

    private void run(PendingWrite<?> write, JdbcTransaction tx) {
        running = write;
        write.run(tx);
        running = null;
    }

    private JdbcTransaction begin() throws SQLException {
        WriterSession.Begun begun = session.begin();
        long position = begun.tx().head().position();
        if (position > announcedPosition || begun.storedAfterAll()) {
            announcedPosition = position;
            tell(() -> listener.skipped(position));
        }
        return begun.tx();
    }

    private BatchOutcome commit(JdbcTransaction tx, List<PendingWrite<?>> batch) {
        long start = System.nanoTime();
        try {
            dialect.commit(tx.sql().jdbc());
        } catch (SQLException e) {
            session.drop();
            if (dialect.isSurelyUndone(e)) {
                tx.end(false);
                return undone(e);
            }
            return decide(tx, batch, e);
        }
        metrics.commitNanos().add(System.nanoTime() - start);
        return durable(tx, batch);
    }

    private BatchOutcome durable(JdbcTransaction tx, List<PendingWrite<?>> batch) {
        session.committed(tx);
        refused = false;
        availability.answered();
        metrics.commits().increment();
        metrics.writes().add(batch.size());
        tx.end(true);
        announce(tx);
        batch.forEach(PendingWrite::complete);
        return new BatchOutcome.Durable();
    }

    /// Asks the database whether it has stored a transaction whose commit got no answer.
    private BatchOutcome decide(
            JdbcTransaction tx, List<PendingWrite<?>> batch, SQLException commitFailure) {
        StorageException failure = failure(commitFailure);
        if (!session.leavesMarks()) {
            tx.end(false);
            return new BatchOutcome.Failed(failure);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            try {
                if (session.isStored(tx)) {
                    return durable(tx, batch);
                }
                tx.end(false);
                return failure instanceof DatabaseUnavailableException
                        ? new BatchOutcome.Undone(failure, true, null)
                        : new BatchOutcome.Failed(failure);
            } catch (SQLException | StorageException e) {
                session.drop();
                undone(e);
            }
        } while (paused(end));
        session.leaveUndecided(tx);
        return new BatchOutcome.Failed(failure);
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
            LOG.log(Level.ERROR, "A commit listener failed; the commit is durable", e);
        }
    }

    private void rollback(JdbcTransaction tx) {
        tx.end(false);
        try {
            session.rollback();
        } catch (SQLException | StorageException e) {
            LOG.log(Level.DEBUG, "A rollback failed; the connection is dropped", e);
            session.drop();
        }
    }

    private void fail(List<PendingWrite<?>> batch, Throwable cause) {
        for (PendingWrite<?> write : batch) {
            if (write.isDone()) {
                continue;
            }
            metrics.failedWrites().increment();
            try {
                write.fail(cause);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "A guard failed while it handled a failed write", e);
            }
        }
    }

    /// What became of a transaction that was undone: because of what was written, or through no
    /// fault of it.
    private BatchOutcome.Undone undone(Throwable failure) {
        Throwable cause = failure instanceof SQLException sql ? failure(sql) : failure;
        if (cause instanceof StorageException && cause.getCause() instanceof SQLException sql) {
            Optional<String> damage = dialect.damage(sql);
            if (damage.isPresent()) {
                refused = true;
                return new BatchOutcome.Undone(fence.raise(damage.get()), false, null);
            }
            if (dialect.isUnavailable(sql)) {
                session.drop();
                return new BatchOutcome.Undone(availability.lost(sql), true, null);
            }
            if (dialect.isConflict(sql)) {
                return new BatchOutcome.Undone(cause, true, null);
            }
        }
        boolean unavailable = cause instanceof DatabaseUnavailableException;
        refused |= unavailable;
        return new BatchOutcome.Undone(cause, unavailable, null);
    }

    private StorageException failure(SQLException cause) {
        return dialect.isUnavailable(cause)
                ? availability.lost(cause)
                : new StorageException("The database cannot be written to", cause);
    }

    private static boolean paused(long end) {
        if (System.nanoTime() >= end) {
            return false;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
        return true;
    }
}
