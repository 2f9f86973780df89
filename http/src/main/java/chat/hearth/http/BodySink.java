package chat.hearth.http;

import chat.hearth.protocol.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Takes a streamed body piece by piece, from callbacks too. For the request's thread; it waits
/// while the client is slow, so it is to be called outside of snapshots and locks.
public final class BodySink {
    private final OutputStream out;

    /// @param out where the body goes, as a [BodyStream] is given it
    public BodySink(OutputStream out) {
        this.out = out;
    }

    /// Adds bytes.
    ///
    /// @throws UncheckedIOException when the client is gone
    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    /// Adds text that is JSON already.
    ///
    /// @throws UncheckedIOException when the client is gone
    public void write(String json) {
        write(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Adds what was written, without a copy.
    ///
    /// @throws UncheckedIOException when the client is gone
    public void write(JsonWriter json) {
        json.giveTo(this::write);
    }

    private void write(byte[] bytes, int from, int count) {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
