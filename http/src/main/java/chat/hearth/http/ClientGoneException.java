package chat.hearth.http;

/// Ends a request whose client has closed its connection: nothing is answered.
public final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// There is nobody to answer.
    public ClientGoneException() {
        super("The client has gone", null, false, false);
    }
}
