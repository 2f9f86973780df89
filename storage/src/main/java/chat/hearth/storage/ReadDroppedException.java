package chat.hearth.storage;

/// A read was given up before it ran. It says nothing about the database, and has no stack trace:
/// many may be given up at once.
public final class ReadDroppedException extends StorageException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /// Why a read is given up.
    public enum Reason {
        /// The client that asked has gone.
        UNWANTED("Nobody waits for this read any more"),
        /// Its deadline has passed.
        LATE("This read did not get its turn in time"),
        /// Too many reads wait, of all users or of its owner.
        CROWDED("Too many reads wait");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    /// A read is given up for this reason.
    public ReadDroppedException(Reason reason) {
        super(reason.text, false);
        this.reason = reason;
    }

    /// Why it was given up.
    public Reason reason() {
        return reason;
    }
}
