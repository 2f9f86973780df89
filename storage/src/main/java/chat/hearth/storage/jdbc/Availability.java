package chat.hearth.storage.jdbc;

import chat.hearth.storage.DatabaseUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;

/// Whether the database can be used, and one line in the log whenever that changes. Thread safe.
final class Availability {
    private static final Logger LOG = System.getLogger("chat.hearth.storage.Database");

    private static final String UNUSABLE = "The database cannot be used";

    /// A lost database is looked at every second; when it is still lost after this, it was not a
    /// connection alone that broke.
    private static final Duration LOOKED_AT = Duration.ofSeconds(2);

    private boolean lost;
    private long lostNanos;

    /// Notes that the database did not answer, or has no room left.
    DatabaseUnavailableException lost(SQLException cause) {
        if (changed(true)) {
            LOG.log(Level.WARNING, UNUSABLE + ": " + reason(cause));
        }
        return new DatabaseUnavailableException(UNUSABLE, cause);
    }

    /// What to tell who wants to start without a database.
    static DatabaseUnavailableException never(SQLException cause) {
        return new DatabaseUnavailableException(UNUSABLE + ": " + reason(cause), cause);
    }

    /// Notes that the database can be written to.
    void answered() {
        if (isLost() && changed(false)) {
            long seconds = Duration.ofNanos(System.nanoTime() - lostNanos).toSeconds();
            LOG.log(
                    Level.INFO,
                    "The database can be used again, after {0} s",
                    Long.toString(seconds));
        }
    }

    synchronized boolean isLost() {
        return lost;
    }

    /// Refuses at once what would wait in vain: the database is lost, and was looked at since.
    ///
    /// @throws DatabaseUnavailableException then
    synchronized void require() {
        if (lost && System.nanoTime() - lostNanos > LOOKED_AT.toNanos()) {
            throw new DatabaseUnavailableException(UNUSABLE);
        }
    }

    private synchronized boolean changed(boolean now) {
        boolean changed = lost != now;
        lost = now;
        if (changed && now) {
            lostNanos = System.nanoTime();
        }
        return changed;
    }

    private static String reason(SQLException cause) {
        Throwable root = cause;
        while (root.getCause() instanceof SQLException inner) {
            root = inner;
        }
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
