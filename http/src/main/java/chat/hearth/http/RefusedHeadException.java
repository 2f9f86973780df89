package chat.hearth.http;

/// A request whose line or headers are refused. It is answered by [DirectErrors], and its
/// connection ends.
final class RefusedHeadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedHeadException(int status) {
        super("Refused with " + status, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
