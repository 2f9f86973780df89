package chat.hearth.storage;

/// The promise that a write becomes durable or fails. Thread safe.
///
/// @param <R> what the write returns
public interface WriteTicket<R> {
    /// Waits until the write is durable and announced. An interrupt does not end the waiting, as
    /// only the outcome tells whether the write took place; it is kept for the caller.
    ///
    /// @throws RuntimeException what the write or its guard threw; then nothing of it is stored
    /// @throws StorageException when the database failed; then the write may have become durable
    R await();

    /// Whether waiting would return at once.
    boolean isDone();
}
