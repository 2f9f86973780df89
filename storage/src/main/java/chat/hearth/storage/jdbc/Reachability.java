package chat.hearth.storage.jdbc;

import chat.hearth.storage.DatabaseUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;

/// Whether the database answers, and one line in the log whenever that changes. Thread safe.
final class Reachability {
    private static final Logger LOG = System.getLogger("chat.hearth.storage.Database");

    private boolean lost;
    private long lostNanos;

    /// Notes that the database did not answer.
    DatabaseUnavailableException lost(SQLException cause) {
        String reason = reason(cause);
        if (changed(true)) {
            LOG.log(Level.WARNING, "The database is unreachable: {0}", reason);
        }
        return new DatabaseUnavailableException("The database is unreachable: " + reason, cause);
    }

    /// Notes that the database can be written to.
    void answered() {
        if (isLost() && changed(false)) {
            long seconds = Duration.ofNanos(System.nanoTime() - lostNanos).toSeconds();
            LOG.log(
                    Level.INFO,
                    "The database is reachable again, after {0} s",
                    Long.toString(seconds));
        }
    }

    synchronized boolean isLost() {
        return lost;
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
        return message == null ? root.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    }
}
