package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageException;

/// How one transaction of the writer ended.
sealed interface BatchOutcome {
    /// Everything is durable and announced.
    record Durable() implements BatchOutcome {}

    /// Nothing is stored.
    ///
    /// @param cause why
    /// @param worthRetrying whether the reason lies outside of the writes and may be gone
    record Undone(Throwable cause, boolean worthRetrying) implements BatchOutcome {}

    /// The commit failed, and whether it took place is not known.
    record Unknown(StorageException cause) implements BatchOutcome {}
}
