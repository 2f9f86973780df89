package chat.hearth.http;

import java.io.IOException;

/// Finds where a body ends: by the length that its head declares, or by its chunks, see [RFC
/// 9112](https://www.rfc-editor.org/rfc/rfc9112#section-7.1).
final class BodyReader {
    /// A chunk's size in hexadecimal digits.
    private static final int SIZE_DIGITS_MAX = 8;

    /// The longest line of a chunk's size, and the most that may follow the last chunk, in bytes.
    private static final int LINE_BYTES_MAX = 1024;

    private final RequestReader reader;
    private final boolean chunked;
    private long left;
    private boolean begun;
    private boolean ended;

    BodyReader(RequestReader reader, RequestHead head) {
        this.reader = reader;
        this.chunked = head.bodyBytes() == RequestHead.CHUNKED;
        this.left = chunked ? 0 : head.bodyBytes();
        this.ended = !head.hasBody();
    }

    /// A body that breaks the rules of its framing.
    static final class MalformedBodyException extends IOException {
        private static final long serialVersionUID = 1L;

        MalformedBodyException() {
            super("The body is malformed");
        }
    }

    /// Whether the end of the body was seen.
    boolean ended() {
        return ended;
    }

    /// The next bytes of the body, at least one.
    ///
    /// @return how many were read, -1 at the end of the body
    /// @throws IOException when the connection ends before the body does
    int read(byte[] target, int offset, int length) throws IOException {
        if (!ended && left == 0 && chunked) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = reader.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new IOException("The connection ended within a body");
        }
        left -= count;
        ended = !chunked && left == 0;
        return count;
    }

    private void nextChunk() throws IOException {
        if (begun) {
            expect('\r');
            expect('\n');
        }
        begun = true;
        left = size();
        if (left == 0) {
            skipTrailers();
            ended = true;
        }
    }

    /// Digits and nothing else: no sign, no space. What stands behind a semicolon is skipped.
    private long size() throws IOException {
        long size = 0;
        int digits = 0;
        int next = next();
        for (; Character.digit(next, 16) >= 0 && next < 0x80; next = next()) {
            digits++;
            if (digits > SIZE_DIGITS_MAX) {
                throw new MalformedBodyException();
            }
            size = size * 16 + Character.digit(next, 16);
        }
        if (digits == 0 || next != '\r' && next != ';') {
            throw new MalformedBodyException();
        }
        for (int skipped = 0; next != '\r'; next = next()) {
            skipped++;
            if (skipped > LINE_BYTES_MAX || next == '\n') {
                throw new MalformedBodyException();
            }
        }
        expect('\n');
        return size;
    }

    private void skipTrailers() throws IOException {
        int lineLength = 0;
        for (int skipped = 0; skipped < LINE_BYTES_MAX; skipped++) {
            int next = next();
            if (next == '\r') {
                expect('\n');
                if (lineLength == 0) {
                    return;
                }
                lineLength = 0;
            } else if (next == '\n') {
                throw new MalformedBodyException();
            } else {
                lineLength++;
            }
        }
        throw new MalformedBodyException();
    }

    private void expect(char wanted) throws IOException {
        if (next() != wanted) {
            throw new MalformedBodyException();
        }
    }

    private int next() throws IOException {
        int next = reader.read();
        if (next < 0) {
            throw new IOException("The connection ended within a body");
        }
        return next;
    }
}
