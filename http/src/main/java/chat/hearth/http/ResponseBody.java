package chat.hearth.http;

import chat.hearth.protocol.json.JsonValue;

/// The forms in which an endpoint may answer.
sealed interface ResponseBody {
    /// Bytes that go out as they are.
    final class Bytes implements ResponseBody {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /// Spliced bytes.
    record Spliced(ByteSegments segments) implements ResponseBody {}

    /// A JSON tree.
    record Tree(JsonValue value) implements ResponseBody {}

    /// A body that is written while it is sent.
    record Streamed(StreamedBody writer) implements ResponseBody {}

    /// A body of so many bytes that was sent, or only counted.
    record Gone(long length) implements ResponseBody {}

    /// A record that JSON-B writes.
    record Bound(Record value) implements ResponseBody {}
}
