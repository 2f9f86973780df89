package chat.hearth.storage.jdbc;

import chat.hearth.storage.DatabaseUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Keeps a server from writing once it can no longer trust what it knows, until it is started
/// again. Thread safe.
final class Fence {
    private static final Logger LOG = System.getLogger("chat.hearth.storage.Database");

    private final CountDownLatch raised = new CountDownLatch(1);
    private volatile @Nullable String reason;

    /// Lets nothing more be written.
    ///
    /// @param why a sentence for operators
    /// @return what to tell who wanted to write
    synchronized DatabaseUnavailableException raise(String why) {
        if (reason == null) {
            reason = why;
            LOG.log(Level.ERROR, "{0}; nothing more is written until the server is restarted", why);
            raised.countDown();
        }
        return refusal(why);
    }

    /// Lets pass while nothing stands in the way.
    ///
    /// @throws DatabaseUnavailableException once it was raised
    void pass() {
        String why = reason;
        if (why != null) {
            throw refusal(why);
        }
    }

    /// Whether nothing may be written any more.
    boolean isRaised() {
        return reason != null;
    }

    /// Waits until it is raised.
    void await() throws InterruptedException {
        raised.await();
    }

    private static DatabaseUnavailableException refusal(String why) {
        return new DatabaseUnavailableException(why + "; the server must be restarted");
    }
}
