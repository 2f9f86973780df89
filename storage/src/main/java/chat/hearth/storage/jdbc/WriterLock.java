package chat.hearth.storage.jdbc;

import chat.hearth.storage.DatabaseUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/// Keeps a second server out of a PostgreSQL database, where each would hold rooms in memory that
/// the other changes.
///
/// It is an advisory lock of the very session that writes: who loses the connection loses the lock,
/// and who has no lock has no connection to write on. PostgreSQL drops it when the session ends,
/// however the server died. For one thread at a time.
final class WriterLock {
    /// What the lock is about, among others that people may take in the same database.
    private static final int SUBJECT = 0x4865_6172;

    private static final String SCHEMA = "hashtext(coalesce(current_schema(), ''))";
    private static final String TAKE =
            "SELECT pg_try_advisory_lock(" + SUBJECT + ", " + SCHEMA + ")";
    private static final String HOLDER =
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2"
                    + " AND database = (SELECT oid FROM pg_database"
                    + " WHERE datname = current_database())"
                    + " AND classid = "
                    + SUBJECT
                    + " AND objid::bigint = ("
                    + SCHEMA
                    + "::bigint & 4294967295)";
    private static final String END = "SELECT pg_terminate_backend(?)";

    /// A session whose server was just killed may take a moment to end.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int NOBODY = -1;

    /// The session that this lock was last taken for.
    private int last = NOBODY;

    /// Takes the lock for a session.
    ///
    /// @throws DatabaseUnavailableException when another server has it
    void take(Connection connection) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!tryTake(connection)) {
            endOwn(connection);
            if (System.nanoTime() >= end) {
                throw new DatabaseUnavailableException(
                        "Another Hearth server is running on this database; stop it first");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        last = connection.unwrap(PGConnection.class).getBackendPID();
    }

    private static boolean tryTake(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /// Ends our own session before this one, which PostgreSQL may hold for alive long after the
    /// network lost it.
    private void endOwn(Connection connection) throws SQLException {
        OptionalInt holder = holder(connection);
        if (holder.isEmpty() || holder.getAsInt() != last) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            statement.setInt(1, last);
            statement.execute();
        }
    }

    private static OptionalInt holder(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLDER);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
        }
    }
}
