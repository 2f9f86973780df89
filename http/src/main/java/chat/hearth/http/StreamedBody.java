package chat.hearth.http;

/// Writes the body of an answer that may become longer than should be in memory at once.
@FunctionalInterface
public interface StreamedBody {
    /// Writes the whole body, on the request's thread. What it throws before anything was sent is
    /// answered as if the endpoint had thrown it; afterwards it cuts the connection, so that no
    /// client takes a part for the whole.
    ///
    /// @throws InterruptedException when the server stops
    void writeTo(BodySink out) throws InterruptedException;
}
