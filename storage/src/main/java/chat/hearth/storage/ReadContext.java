package chat.hearth.storage;

import java.util.function.BooleanSupplier;

/// On whose behalf the running code reads, and for how long that is of use. Immutable.
///
/// @param owner the number of the user whose reads take turns with those of other users; [#NOBODY]
///   for reads that are no user's
/// @param priority when its reads get their turn
/// @param wanted whether anybody still waits for the result; asked often, by any thread, so it has
///   to answer at once
/// @param deadlineNanos the [System#nanoTime()] from which on nobody waits any more
public record ReadContext(
        int owner, ReadPriority priority, BooleanSupplier wanted, long deadlineNanos) {
    /// The owner of what is read for no user in particular.
    public static final int NOBODY = 0;

    /// Work of the server that has to be done, whatever becomes of a client.
    public static ReadContext ofServer(ReadPriority priority) {
        return of(NOBODY, priority);
    }

    /// Work for a user that has to be done, whatever becomes of the client.
    public static ReadContext of(int owner, ReadPriority priority) {
        return new ReadContext(owner, priority, () -> true, System.nanoTime() + Long.MAX_VALUE / 2);
    }

    /// Refuses to go on with work that is of no use any more.
    ///
    /// @throws ReadDroppedException when nobody waits for it
    public void requireWanted() {
        if (!wanted.getAsBoolean()) {
            throw new ReadDroppedException(ReadDroppedException.Reason.UNWANTED);
        }
        if (System.nanoTime() - deadlineNanos >= 0) {
            throw new ReadDroppedException(ReadDroppedException.Reason.LATE);
        }
    }
}
