package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A read that a reader thread does for a caller who waits.
final class ReadTask<R> {
    private final Function<SqlConnection, R> query;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean abandoned;

    /// Written before the latch opens, read after.
    private @Nullable R result;

    private @Nullable Throwable failure;

    ReadTask(Function<SqlConnection, R> query) {
        this.query = query;
    }

    void run(SqlConnection connection) {
        if (abandoned) {
            return;
        }
        try {
            result = query.apply(connection);
        } catch (Throwable e) {
            failure = e;
        } finally {
            done.countDown();
        }
    }

    /// Ends the waiting because the database is closed.
    void refuse() {
        failure = new StorageException("The database is closed");
        done.countDown();
    }

    /// Waits for the answer. An interrupt ends the waiting, and the read if it has not begun.
    @SuppressWarnings("NullAway") // the result is what the query returned, null only if R allows it
    R await() {
        try {
            done.await();
        } catch (InterruptedException e) {
            abandoned = true;
            Thread.currentThread().interrupt();
            throw new StorageException("A read was interrupted", e);
        }
        Throwable cause = failure;
        return switch (cause) {
            case null -> result;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new StorageException("A read failed", cause);
        };
    }
}
