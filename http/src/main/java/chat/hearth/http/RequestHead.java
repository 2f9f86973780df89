package chat.hearth.http;

import java.nio.charset.StandardCharsets;

/// The request line and headers of one request, checked by [HeadParser].
///
/// @param method the method as the client wrote it; methods are case-sensitive
/// @param closes whether the connection ends with the response, as the client wants it
/// @param bodyBytes the length of the body, [#CHUNKED] where the body tells itself
/// @param expectsContinue whether the client waits for leave to send its body
/// @param http10 whether the client speaks HTTP/1.0, and so knows no chunks
/// @param text what Helidon reads, in ISO 8859-1: the same head in HTTP/1.1, without what says how
///   the body is framed, since [RequestBody] reads it
record RequestHead(
        String method,
        boolean closes,
        long bodyBytes,
        boolean expectsContinue,
        boolean http10,
        String text) {
    /// The length of a body that comes in chunks.
    static final long CHUNKED = -1;

    /// What Helidon reads.
    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Whether there is a body.
    boolean hasBody() {
        return bodyBytes != 0;
    }
}
