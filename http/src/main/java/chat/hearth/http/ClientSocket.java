package chat.hearth.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Optional;

/// The socket of one connection. It holds little while a request waits for its answer, as a long
/// poll does for most of its life.
final class ClientSocket implements HelidonSocket {
    /// The head of most requests comes in one piece of this size.
    private static final int READ_BYTES = 1_024;

    /// So much is read at once while there is more than fits in [#READ_BYTES].
    private static final int LARGE_READ_BYTES = 16 * 1_024;

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] small = new byte[READ_BYTES];
    private boolean mayHaveMore;

    /// @param channel in blocking mode
    ClientSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        Socket socket = channel.socket();
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /// One end of the connection.
    private record End(SocketAddress address) implements PeerInfo {
        @Override
        public String host() {
            return address instanceof InetSocketAddress inet ? inet.getHostString() : "";
        }

        @Override
        public int port() {
            return address instanceof InetSocketAddress inet ? inet.getPort() : -1;
        }

        @Override
        public Optional<Principal> tlsPrincipal() {
            return Optional.empty();
        }

        @Override
        public Optional<Certificate[]> tlsCertificates() {
            return Optional.empty();
        }
    }

    /// The next bytes, as soon as there are any; null at the end of the stream.
    @Override
    @SuppressWarnings("NullAway") // null is how Helidon is told of the end
    public byte[] get() {
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
        return end(channel::getRemoteAddress);
    }

    @Override
    public PeerInfo localPeer() {
        return end(channel::getLocalAddress);
    }

    private interface Address {
        SocketAddress read() throws IOException;
    }

    private static PeerInfo end(Address address) {
        try {
            return new End(address.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
