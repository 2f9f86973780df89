package chat.hearth.storage;

/// The database cannot be used now, and may be again without anybody touching this server: it is
/// down, out of reach, too busy to give a connection, or belongs to another server. What was asked
/// may be asked again later. The message is a sentence for operators.
public final class DatabaseUnavailableException extends StorageException {
    private static final long serialVersionUID = 1L;

    /// Unavailable for a reason of ours.
    public DatabaseUnavailableException(String message) {
        super(message);
    }

    /// Unavailable for a reason that the driver reported.
    public DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
