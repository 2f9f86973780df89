package chat.hearth.storage.jdbc;

import chat.hearth.storage.ReadContext;
import chat.hearth.storage.StorageException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A read that a reader thread does for a caller who waits.
final class ReadTask<R> extends ReadTurn {
    private final Function<SqlConnection, R> query;

    /// Written before the caller is released, read after.
    private @Nullable R result;

    private @Nullable Throwable failure;

    ReadTask(ReadContext context, Function<SqlConnection, R> query) {
        super(context);
        this.query = query;
    }

    void run(SqlConnection connection) {
        try {
            if (!occupy()) {
                return;
            }
            result = query.apply(connection);
        } catch (Throwable e) {
            failure = e;
        } finally {
            release();
        }
    }

    /// Waits for the answer. An interrupt ends the waiting for a turn, not a read that has begun.
    @SuppressWarnings("NullAway") // the result is what the query returned, null only if R allows it
    R await(ReadQueue<ReadTask<?>> queue) {
        awaitRelease(queue, this);
        Throwable cause = failure;
        return switch (cause) {
            case null -> result;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new StorageException("A read failed", cause);
        };
    }
}
