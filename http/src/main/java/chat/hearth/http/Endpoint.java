package chat.hearth.http;

/// What answers the requests of one route. Runs on a virtual thread of its own and may block; any
/// number of requests run at once.
@FunctionalInterface
public interface Endpoint {
    /// Answers `request`.
    ///
    /// @throws chat.hearth.protocol.error.MatrixException for an error that the client may see; any
    ///   other exception is logged and becomes a 500 without details
    /// @throws InterruptedException when the server stops; the connection is closed
    Response handle(Request request) throws InterruptedException;
}
