package chat.hearth.http;

/// Ends a request with a response from deep inside of an endpoint. It is for answers that are not
/// standard errors, such as the first 401 of user-interactive authentication, which has flows and
/// no error code; errors are a [chat.hearth.protocol.error.MatrixException].
public final class EarlyAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Response response;

    /// An exception without stack trace that answers `response`.
    public EarlyAnswer(Response response) {
        super("Answered early", null, false, false);
        this.response = response;
    }

    Response response() {
        return response;
    }
}
