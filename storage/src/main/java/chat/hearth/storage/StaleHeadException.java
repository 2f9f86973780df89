package chat.hearth.storage;

/// Thrown by a [Guard] when a write builds on one that failed. The caller may load anew and retry.
public final class StaleHeadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// An exception without stack trace, as it tells of another write's failure.
    public StaleHeadException(String message) {
        super(message, null, false, false);
    }
}
