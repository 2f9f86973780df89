package chat.hearth.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A response body spliced together from stored bytes. Large arrays are kept by reference and must
/// not change until the response is sent; small ones are copied next to each other, so that many of
/// them cost few writes.
///
/// Not safe for use by several threads.
public final class ByteSegments {
    private static final int COPY_BYTES_MAX = 2048;
    private static final int CHUNK_BYTES = 16 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] chunk = new byte[512];
    private int chunkLength;
    private long length;

    /// An empty body.
    public ByteSegments() {}

    /// Appends `bytes` as they are.
    public ByteSegments add(byte[] bytes) {
        length += bytes.length;
        if (bytes.length > COPY_BYTES_MAX) {
            closeChunk();
            full.add(bytes);
        } else {
            reserve(bytes.length);
            System.arraycopy(bytes, 0, chunk, chunkLength, bytes.length);
            chunkLength += bytes.length;
        }
        return this;
    }

    /// Appends `text` in UTF-8. JSON needs its escapes already in it.
    public ByteSegments add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The length so far, in bytes.
    public long length() {
        return length;
    }

    private void reserve(int count) {
        int needed = chunkLength + count;
        if (needed > CHUNK_BYTES) {
            closeChunk();
            needed = count;
        }
        if (needed > chunk.length) {
            chunk = Arrays.copyOf(chunk, Math.min(CHUNK_BYTES, Math.max(needed, chunk.length * 4)));
        }
    }

    private void closeChunk() {
        if (chunkLength > 0) {
            full.add(chunkLength == chunk.length ? chunk : Arrays.copyOf(chunk, chunkLength));
            chunk = new byte[CHUNK_BYTES];
            chunkLength = 0;
        }
    }

    void writeTo(OutputStream out) throws IOException {
        for (byte[] segment : full) {
            out.write(segment);
        }
        out.write(chunk, 0, chunkLength);
    }

    /// A copy of everything in one array.
    ///
    /// @throws ArithmeticException when it does not fit into one
    public byte[] toBytes() {
        var bytes = new byte[Math.toIntExact(length)];
        int at = 0;
        for (byte[] segment : full) {
            System.arraycopy(segment, 0, bytes, at, segment.length);
            at += segment.length;
        }
        System.arraycopy(chunk, 0, bytes, at, chunkLength);
        return bytes;
    }
}
