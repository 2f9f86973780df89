package chat.hearth.storage;

/// The database failed: an I/O error, a full disk, a lost connection, a closed database, or a
/// statement that it refused. The message names no stored value.
public sealed class StorageException extends RuntimeException
        permits DatabaseUnavailableException, ReadDroppedException {
    private static final long serialVersionUID = 1L;

    /// A failure of ours.
    public StorageException(String message) {
        super(message);
    }

    /// A failure that the driver reported.
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    /// A failure of ours that may come often.
    StorageException(String message, boolean withTrace) {
        super(message, null, withTrace, withTrace);
    }
}
