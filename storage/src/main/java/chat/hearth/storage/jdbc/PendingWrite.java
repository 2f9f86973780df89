package chat.hearth.storage.jdbc;

import chat.hearth.storage.Guard;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.Write;
import chat.hearth.storage.WriteTicket;
import chat.hearth.storage.WriteTransaction;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A write on its way, and the ticket that its owner waits on.
final class PendingWrite<R> implements WriteTicket<R> {
    private final Write<R> write;
    private final Guard guard;
    private final CountDownLatch done = new CountDownLatch(1);

    /// Written before the latch opens, read after.
    private @Nullable R result;

    private @Nullable Throwable failure;

    PendingWrite(Write<R> write, Guard guard) {
        this.write = write;
        this.guard = guard;
    }

    /// Asks the guard whether the write may run.
    ///
    /// @throws RuntimeException when it may not, for good
    void check() {
        guard.check();
    }

    /// Runs the write; its result waits for the commit.
    void run(WriteTransaction tx) {
        result = write.apply(tx);
    }

    void complete() {
        done.countDown();
    }

    void fail(Throwable cause) {
        failure = cause;
        try {
            guard.failed(cause);
        } finally {
            done.countDown();
        }
    }

    @Override
    public boolean isDone() {
        return done.getCount() == 0;
    }

    @Override
    @SuppressWarnings("NullAway") // the result is what the write returned, null only if R allows it
    public R await() {
        boolean interrupted = awaitOutcome();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable cause = failure;
        return switch (cause) {
            case null -> result;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new StorageException("A write failed", cause);
        };
    }

    private boolean awaitOutcome() {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
