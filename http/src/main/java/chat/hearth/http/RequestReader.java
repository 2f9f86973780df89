package chat.hearth.http;

import chat.hearth.http.limit.ByteBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads what a client sends: the head of a request whole, its body as it comes. It keeps 1 KiB
/// while nothing is read, as in a long poll for most of its life, and takes from the budget what a
/// longer head needs before it allocates it.
///
/// Belongs to its connection's thread.
final class RequestReader {
    /// The longest request line and headers in bytes, together. The client is not known before they
    /// are read. It is twice what proxies pass on unless they are told otherwise; a filter that is
    /// longer can be stored and named.
    static final int HEAD_BYTES_MAX = 16 * 1024;

    private static final int BUFFER_BYTES = 1024;

    /// What a byte of a head holds at most: the buffer, a copy for Helidon, and its strings.
    private static final int HEAD_WEIGHT = 4;

    private static final int END_LENGTH = 4;

    private final ClientSocket socket;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;

    RequestReader(ClientSocket socket) {
        this.socket = socket;
    }

    /// Waits for the first byte of a request; empty lines before it are skipped.
    ///
    /// @return false at the end of the stream
    boolean awaitRequest() throws IOException {
        while (true) {
            while (from < to && (buffer[from] == '\r' || buffer[from] == '\n')) {
                from++;
            }
            if (from < to) {
                return true;
            }
            if (!fill()) {
                return false;
            }
        }
    }

    /// Reads a head.
    ///
    /// @throws chat.hearth.protocol.error.MatrixException when the budget does not hold it
    /// @throws RefusedHeadException when it is malformed or too long
    RequestHead readHead(ByteBudget.Lease lease) throws IOException, RefusedHeadException {
        lease.take((long) (buffer.length - BUFFER_BYTES) * HEAD_WEIGHT);
        int searched = from;
        while (true) {
            int end = endOfHead(searched);
            if (end > 0) {
                byte[] head = Arrays.copyOfRange(buffer, from, end);
                from = end;
                shrink();
                return HeadParser.parse(head);
            }
            searched = to;
            if (to - from >= HEAD_BYTES_MAX) {
                throw new RefusedHeadException(hasLine() ? 431 : 414);
            }
            int held = searched - from;
            if (to == buffer.length) {
                makeRoom(lease);
                searched = from + held;
            }
            if (!fill()) {
                throw new IOException("The connection ended within a head");
            }
        }
    }

    /// A line feed alone ends no line: its sender would wait for an answer in vain.
    ///
    /// @return the index behind the empty line, 0 where there is none yet
    private int endOfHead(int searched) throws RefusedHeadException {
        for (int i = searched; i < to; i++) {
            if (buffer[i] != '\n') {
                continue;
            }
            if (i == from || buffer[i - 1] != '\r') {
                throw new RefusedHeadException(400);
            }
            if (i - from >= END_LENGTH - 1 && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return 0;
    }

    private boolean hasLine() {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    private void makeRoom(ByteBudget.Lease lease) {
        if (from == 0) {
            lease.take((long) buffer.length * HEAD_WEIGHT);
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
            return;
        }
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
    }

    private void shrink() {
        if (buffer.length > BUFFER_BYTES) {
            byte[] rest = Arrays.copyOfRange(buffer, from, to);
            buffer = Arrays.copyOf(rest, Math.max(BUFFER_BYTES, rest.length));
            from = 0;
            to = rest.length;
        }
    }

    /// @return false at the end of the stream
    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
        }
        int count = socket.read(buffer, to, buffer.length - to);
        if (count < 0) {
            return false;
        }
        to += count;
        return true;
    }

    /// The next bytes of a body, at least one.
    ///
    /// @return how many were read, -1 at the end of the stream
    int read(byte[] target, int offset, int length) throws IOException {
        if (from == to && length >= BUFFER_BYTES) {
            return socket.read(target, offset, length);
        }
        if (from == to && !fill()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(buffer, from, target, offset, count);
        from += count;
        return count;
    }

    /// The next byte of a body, -1 at the end of the stream.
    int read() throws IOException {
        if (from == to && !fill()) {
            return -1;
        }
        return buffer[from++] & 0xff;
    }

    /// Looks without waiting whether the client has closed the connection. What it has sent
    /// meanwhile is kept; once that is [#HEAD_BYTES_MAX] the connection counts as open.
    boolean peerConnected() {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            if (to >= HEAD_BYTES_MAX) {
                return socket.isConnected();
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        try {
            int count = socket.readWithoutWaiting(ByteBuffer.wrap(buffer, to, buffer.length - to));
            to += Math.max(0, count);
            return count >= 0;
        } catch (IOException _) {
            return false;
        }
    }
}
