package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageException;
import org.jspecify.annotations.Nullable;

/// How one transaction of the writer ended.
sealed interface BatchOutcome {
    /// Everything is durable and announced.
    record Durable() implements BatchOutcome {}

    /// Nothing is stored.
    ///
    /// @param cause why
    /// @param faultless whether the reason lies outside of the writes and may be gone later
    /// @param culprit the write that was running when it failed, null when none was
    record Undone(Throwable cause, boolean faultless, @Nullable PendingWrite<?> culprit)
            implements BatchOutcome {}

    /// The commit failed, and the writes are not tried again. Nothing is stored, or nobody can tell
    /// now; then the next transaction finds out.
    record Failed(StorageException cause) implements BatchOutcome {}
}
