package chat.hearth.acceptance.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Collects the bytes of one HTTP/1.1 answer and tells when it is whole. Reused for answer after
/// answer on one connection; not safe for use by several threads.
///
/// Takes Content-Length and chunked bodies, nothing else: a client that never pipelines sees at
/// most one answer in the buffer, so no bytes are ever left over.
public final class ResponseBuffer {

    private static final int INITIAL_BYTES = 4 * 1024;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int UNKNOWN = -1;
    private static final int CHUNKED = -2;
    private static final int NO_CONTENT = 204;
    private static final byte[] CONTENT_LENGTH =
            "content-length:".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] TRANSFER_ENCODING =
            "transfer-encoding:".getBytes(StandardCharsets.ISO_8859_1);

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;
    private int bodyAt = UNKNOWN;
    private int bodyLength = UNKNOWN;

    /// Forgets the answer and gets ready for the next.
    public void reset() {
        length = 0;
        bodyAt = UNKNOWN;
        bodyLength = UNKNOWN;
    }

    /// Room to read more bytes into; what was put there is reported by [#advance(int)].
    public ByteBuffer room() {
        grow();
        return ByteBuffer.wrap(bytes, length, bytes.length - length);
    }

    byte[] array() {
        grow();
        return bytes;
    }

    int length() {
        return length;
    }

    private void grow() {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }

    /// Takes `count` more bytes.
    ///
    /// @return whether the answer is whole now
    /// @throws IOException when the bytes are no HTTP answer
    public boolean advance(int count) throws IOException {
        length += count;
        if (bodyAt == UNKNOWN && !readHead(Math.max(0, length - count - 3))) {
            return false;
        }
        return bodyLength == CHUNKED ? joinChunks() : length - bodyAt >= bodyLength;
    }

    private boolean readHead(int from) throws IOException {
        for (int at = from; at + 3 < length; at++) {
            if (bytes[at] == '\r'
                    && bytes[at + 1] == '\n'
                    && bytes[at + 2] == '\r'
                    && bytes[at + 3] == '\n') {
                bodyAt = at + 4;
                bodyLength = findLength();
                return true;
            }
        }
        return false;
    }

    private int findLength() throws IOException {
        int at = 0;
        while (at < bodyAt - 2) {
            int end = at;
            while (bytes[end] != '\r') {
                end++;
            }
            if (hasPrefix(at, CONTENT_LENGTH)) {
                int from = at + CONTENT_LENGTH.length;
                String value = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
                return Integer.parseInt(value.strip());
            }
            if (hasPrefix(at, TRANSFER_ENCODING)) {
                return CHUNKED;
            }
            at = end + 2;
        }
        if (status() == NO_CONTENT) {
            return 0;
        }
        throw new IOException("an answer with no length");
    }

    /// Whether a header line starts with `lowerCase`, in any case.
    private boolean hasPrefix(int at, byte[] lowerCase) {
        for (int n = 0; n < lowerCase.length; n++) {
            byte b = bytes[at + n];
            int lower = b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
            if (lower != lowerCase[n]) {
                return false;
            }
        }
        return true;
    }

    /// Looks whether all chunks are here; if so, moves them together so that the body is one piece.
    private boolean joinChunks() throws IOException {
        int at = bodyAt;
        int joined = 0;
        byte[] body = new byte[length - bodyAt];
        while (true) {
            int end = at;
            while (end + 1 < length && bytes[end] != '\r') {
                end++;
            }
            if (end + 1 >= length) {
                return false;
            }
            String size = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
            int chunk = Integer.parseInt(size.strip(), 16);
            if (end + 2 + chunk + 2 > length) {
                return false;
            }
            if (chunk == 0) {
                System.arraycopy(body, 0, bytes, bodyAt, joined);
                bodyLength = joined;
                return true;
            }
            System.arraycopy(bytes, end + 2, body, joined, chunk);
            joined += chunk;
            at = end + 2 + chunk + 2;
        }
    }

    /// The status of an answer whose head has been read.
    public int status() {
        return (bytes[STATUS_AT] - '0') * 100
                + (bytes[STATUS_AT + 1] - '0') * 10
                + (bytes[STATUS_AT + 2] - '0');
    }

    /// Whether the body holds these bytes, without copying it.
    public boolean bodyContains(byte[] wanted) {
        return find(wanted, bodyAt) >= 0;
    }

    /// How often the body holds these bytes.
    public int count(byte[] wanted) {
        int count = 0;
        for (int at = find(wanted, bodyAt); at >= 0; at = find(wanted, at + wanted.length)) {
            count++;
        }
        return count;
    }

    /// The text from behind the first `marker` in the body up to the next quotation mark. Escapes
    /// are not undone: meant for ids and tokens, which have none.
    ///
    /// @throws IllegalStateException when there is no such marker
    public String textAfter(byte[] marker) {
        int from = find(marker, bodyAt);
        if (from < 0) {
            throw new IllegalStateException(
                    new String(marker, StandardCharsets.US_ASCII) + " not in " + answer().text());
        }
        int start = from + marker.length;
        int end = start;
        while (bytes[end] != '"') {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private int find(byte[] wanted, int from) {
        int last = bodyAt + bodyLength - wanted.length;
        for (int at = from; at <= last; at++) {
            if (bytes[at] == wanted[0]
                    && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    /// The whole answer, copied.
    public Answer answer() {
        return new Answer(status(), Arrays.copyOfRange(bytes, bodyAt, bodyAt + bodyLength));
    }
}
