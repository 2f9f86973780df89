package chat.hearth.storage.jdbc;

import chat.hearth.storage.ReadContext;
import chat.hearth.storage.ReadDroppedException;
import chat.hearth.storage.StorageException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One caller's wait for the turn of its read. The read begins, is refused, or is given up by its
/// caller: whichever comes first holds.
sealed class ReadTurn implements ReadQueue.Waiting permits ReadTask {
    /// So long a caller waits for a turn whose context says nothing shorter.
    private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

    private final ReadContext context;

    /// Opens when the caller may go on.
    private final CountDownLatch released = new CountDownLatch(1);

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    /// Written before the latch opens, read after.
    private @Nullable StorageException refusal;

    private enum State {
        WAITING,
        ASKED,
        BEGUN,
        REFUSED,
        GIVEN_UP
    }

    ReadTurn(ReadContext context) {
        this.context = context;
    }

    @Override
    public final ReadContext context() {
        return context;
    }

    /// Lets the caller read if that is still wanted. False when the read ends here.
    final boolean begin() {
        try {
            return occupy();
        } finally {
            release();
        }
    }

    /// Asks whether the read is still wanted. False when it ends here.
    ///
    /// The caller rests until it is released: what it knows of its client is not made for two
    /// threads.
    final boolean occupy() {
        if (!state.compareAndSet(State.WAITING, State.ASKED)) {
            return false;
        }
        try {
            context.requireWanted();
            state.set(State.BEGUN);
            return true;
        } catch (ReadDroppedException dropped) {
            refusal = dropped;
            state.set(State.REFUSED);
            return false;
        }
    }

    /// Lets the caller go on.
    final void release() {
        released.countDown();
    }

    /// Ends the waiting with a failure, unless the read has begun.
    final void refuse(StorageException failure) {
        if (state.compareAndSet(State.WAITING, State.ASKED)) {
            refusal = failure;
            state.set(State.REFUSED);
            release();
        }
    }

    /// Waits until the caller may go on. An interrupt or the deadline ends the waiting for a turn.
    ///
    /// @param queue where the read waits
    /// @throws StorageException when it does not begin
    final <T extends ReadTurn> void awaitRelease(ReadQueue<T> queue, T self) {
        try {
            long left = context.deadlineNanos() - System.nanoTime();
            if (!released.await(Math.min(left, WAIT_NANOS_MAX), TimeUnit.NANOSECONDS)) {
                giveUp(queue, self, new ReadDroppedException(ReadDroppedException.Reason.LATE));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(queue, self, new StorageException("A read was interrupted", e));
        }
        StorageException refused = refusal;
        if (refused != null) {
            throw refused;
        }
    }

    private <T extends ReadTurn> void giveUp(ReadQueue<T> queue, T self, StorageException reason) {
        if (state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
            queue.remove(self);
            throw reason;
        }
        Threads.await(released);
    }
}
