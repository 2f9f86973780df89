package chat.hearth.http;

import java.nio.charset.StandardCharsets;

/// Takes a body piece by piece. For the request's thread.
public interface BodySink {
    /// Adds bytes, which must not change afterwards. Waits while the client is slow; to be called
    /// outside of snapshots and locks.
    void write(byte[] bytes);

    /// Adds text that is JSON already.
    default void write(String json) {
        write(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Adds spliced bytes.
    void write(ByteSegments segments);
}
