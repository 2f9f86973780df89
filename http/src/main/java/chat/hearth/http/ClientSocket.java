package chat.hearth.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/// The socket of one connection. It holds little while a request waits for its answer, as a long
/// poll does for most of its life.
final class ClientSocket implements HelidonSocket {
    /// The head of most requests comes in one piece of this size.
    private static final int READ_BYTES = 1_024;

    /// So much is read at once while there is more than fits in [#READ_BYTES].
    private static final int LARGE_READ_BYTES = 16 * 1_024;

    /// So much is read ahead at most by [#peerConnected].
    private static final int AHEAD_BYTES_MAX = 16 * 1_024;

    private static final byte[] NOTHING = {};

    private final SocketChannel channel;
    private final SocketEnd remote;
    private final SocketEnd local;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] small = new byte[READ_BYTES];
    private byte[] ahead = NOTHING;
    private boolean mayHaveMore;

    /// @param channel in blocking mode
    ClientSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.remote = new SocketEnd(channel.getRemoteAddress(), this);
        this.local = new SocketEnd(channel.getLocalAddress(), this);
        Socket socket = channel.socket();
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /// The next bytes, as soon as there are any; null at the end of the stream.
    @Override
    @SuppressWarnings("NullAway") // null is how Helidon is told of the end
    public byte[] get() {
        if (ahead.length > 0) {
            byte[] bytes = ahead;
            ahead = NOTHING;
            return bytes;
        }
        byte[] buffer = mayHaveMore ? new byte[LARGE_READ_BYTES] : small;
        try {
            int count = in.read(buffer);
            if (count < 0) {
                return null;
            }
            mayHaveMore = count == buffer.length;
            return Arrays.copyOf(buffer, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Looks without waiting whether the client has closed the connection. What it has sent
    /// meanwhile is kept for [#get]; once that is [#AHEAD_BYTES_MAX] the connection counts as open.
    /// To be called by the connection's own thread only.
    boolean peerConnected() {
        if (ahead.length >= AHEAD_BYTES_MAX) {
            return channel.isOpen();
        }
        try {
            ByteBuffer more = ByteBuffer.allocate(READ_BYTES);
            channel.configureBlocking(false);
            int count = channel.read(more);
            channel.configureBlocking(true);
            if (count > 0) {
                int known = ahead.length;
                ahead = Arrays.copyOf(ahead, known + count);
                more.flip().get(ahead, known, count);
            }
            return count >= 0;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    @SuppressWarnings("removal")
    public int read(BufferData buffer) {
        return buffer.readFrom(in);
    }

    @Override
    public void write(BufferData buffer) {
        buffer.writeTo(out);
    }

    /// The peer sees the end of the stream after everything that was written.
    @Override
    public void close() {
        try {
            if (channel.isConnected() && channel.isOpen()) {
                channel.shutdownOutput();
            }
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void idle() {
        // A lost peer is found out when something is read or written.
    }

    @Override
    public boolean isConnected() {
        return channel.isOpen();
    }

    @Override
    public PeerInfo remotePeer() {
        return remote;
    }

    @Override
    public PeerInfo localPeer() {
        return local;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String socketId() {
        return Integer.toHexString(System.identityHashCode(channel));
    }

    @Override
    public String childSocketId() {
        return "client";
    }
}
