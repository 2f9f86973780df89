package chat.hearth.http;

import java.io.IOException;
import java.io.OutputStream;

/// Writes the body of an answer piece by piece, so that it is never in memory as a whole.
///
/// It runs on the request's thread once the endpoint has returned. Up to
/// [StreamedOutput#BUFFER_BYTES] bytes are held back: what goes wrong before is answered as an
/// error like any other, what goes wrong later cuts the connection, which tells the client that the
/// answer is incomplete.
@FunctionalInterface
public interface BodyStream {
    /// Writes the whole body; flushing does nothing. `out` need not be closed and is of no use
    /// afterwards.
    ///
    /// @throws IOException when the client is gone, as `out` tells
    /// @throws InterruptedException when the server stops
    void writeTo(OutputStream out) throws IOException, InterruptedException;
}
