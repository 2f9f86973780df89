package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Looks for damage in a database file that was not closed properly: what stopped the server may
/// have been the disk.
final class SqliteCheck {
    /// So long a start waits for it. A file of about a gigabyte is looked at as a whole.
    static final Duration TIME_MAX = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger("chat.hearth.storage.Database");

    /// So many steps, about a page each, pass between two looks at the clock.
    private static final int STEPS = 100;

    private SqliteCheck() {}

    /// Checks as much of the file as there is time for.
    ///
    /// @param file for messages
    /// @return whether all of it was checked
    /// @throws StorageException when the file is damaged
    static boolean run(Connection connection, Path file, Duration longest) {
        LOG.log(Level.INFO, "The database was not closed cleanly and is being checked");
        try {
            ProgressHandler.setHandler(connection, STEPS, until(System.nanoTime(), longest));
            String found = quickCheck(connection);
            if (!found.equals("ok")) {
                throw damaged(file, found);
            }
            return true;
        } catch (SQLException e) {
            if (!isInterrupted(e)) {
                throw damaged(file, String.valueOf(e.getMessage()));
            }
            LOG.log(
                    Level.WARNING,
                    "The database check was stopped after {0} s; it had found no damage",
                    Long.toString(longest.toSeconds()));
            return false;
        } finally {
            stopLooking(connection);
        }
    }

    private static ProgressHandler until(long start, Duration longest) {
        return new ProgressHandler() {
            @Override
            protected int progress() {
                return System.nanoTime() - start >= longest.toNanos() ? 1 : 0;
            }
        };
    }

    private static String quickCheck(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            return rows.next() ? rows.getString(1) : "nothing can be read";
        }
    }

    private static boolean isInterrupted(SQLException failure) {
        return failure instanceof SQLiteException e
                && e.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT;
    }

    private static StorageException damaged(Path file, String found) {
        return new StorageException(
                "The database "
                        + file
                        + " is damaged ("
                        + found.lines()
                                .filter(line -> !line.startsWith("***"))
                                .findFirst()
                                .orElse("")
                        + "); restore it from a backup");
    }

    private static void stopLooking(Connection connection) {
        try {
            ProgressHandler.clearHandler(connection);
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "A check did not end cleanly", e);
        }
    }
}
