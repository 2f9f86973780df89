package chat.hearth.storage.jdbc;

import chat.hearth.storage.ReadContext;
import chat.hearth.storage.StorageException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A read that a reader thread does for a caller who waits.
final class ReadTask<R> extends ReadTurn {
    private final Function<SqlConnection, R> query;
    private final CountDownLatch done = new CountDownLatch(1);

    /// Written before the latch opens, read after.
    private @Nullable R result;

    private @Nullable Throwable failure;

    ReadTask(ReadContext context, Function<SqlConnection, R> query) {
        super(context);
        this.query = query;
    }

    void run(SqlConnection connection) {
        if (!begin()) {
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

    /// Waits for the answer. An interrupt ends the waiting; a read that has begun goes on.
    @SuppressWarnings("NullAway") // the result is what the query returned, null only if R allows it
    R await(ReadQueue<ReadTask<?>> queue) {
        awaitBegin(queue, this);
        try {
            done.await();
        } catch (InterruptedException e) {
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
