package chat.hearth.storage;

/// The one ordered, durable log of a server: applies writes in the order in which they were
/// enqueued, many to a transaction, and announces what they changed once it is durable.
///
/// Thread safe. May be called from virtual threads, but never from inside a write or a snapshot.
public interface Journal {
    /// Puts a write into the queue; writes commit in the order of these calls. Blocks while the
    /// queue is full.
    ///
    /// @throws StorageException when the journal is closed
    default <R> WriteTicket<R> enqueue(Write<R> write) {
        return enqueue(write, Guard.NONE);
    }

    /// Puts a guarded write into the queue.
    ///
    /// @throws StorageException when the journal is closed
    <R> WriteTicket<R> enqueue(Write<R> write, Guard guard);

    /// Enqueues a write and waits until it is durable and announced.
    ///
    /// @throws RuntimeException what the write threw; then nothing of it is stored
    /// @throws StorageException when the database failed
    default <R> R write(Write<R> write) {
        return enqueue(write).await();
    }

    /// The last position that was announced; 0 in a new database.
    long announcedPosition();
}
