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

    /// A record that JSON-B writes.
    record Bound(Record value) implements ResponseBody {}

    /// A body that is written piece by piece.
    record Streamed(BodyStream stream) implements ResponseBody {}

    /// A body that was sent already, or is not to be sent at all, of this length.
    record Sent(long length) implements ResponseBody {}
}
