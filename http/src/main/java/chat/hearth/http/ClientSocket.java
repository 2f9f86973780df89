package chat.hearth.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// The socket of one connection. Every write is watched: a client that takes nothing for too long,
/// or less than a minimum rate, loses its connection.
final class ClientSocket implements HelidonSocket {
    /// The longest write whose progress is not looked at.
    private static final int PIECE_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final PeerWatchdog watchdog;
    private final Pace pace;
    private final SocketEnd remote;
    private final SocketEnd local;
    private final InputStream in;
    private final OutputStream out;
    private Duration patience;

    /// @param channel in blocking mode
    /// @param pace how fast the client has to take what is sent
    ClientSocket(SocketChannel channel, PeerWatchdog watchdog, Pace pace, Connection connection)
            throws IOException {
        this.channel = channel;
        this.watchdog = watchdog;
        this.pace = pace;
        this.patience = pace.patience();
        this.remote = new SocketEnd(channel.getRemoteAddress(), connection);
        this.local = new SocketEnd(channel.getLocalAddress(), connection);
        Socket socket = channel.socket();
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /// Reads at least one byte, as soon as there are any.
    ///
    /// @return how many were read, -1 at the end of the stream
    int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }

    /// Reads what is there without waiting; to be called by the connection's own thread only.
    ///
    /// @return how many bytes were read, perhaps 0; -1 at the end of the stream
    int readWithoutWaiting(ByteBuffer target) throws IOException {
        channel.configureBlocking(false);
        int count = channel.read(target);
        channel.configureBlocking(true);
        return count;
    }

    /// Begins the time that the client has to take a response.
    void beginResponse() {
        patience = pace.patience();
    }

    @Override
    public void write(BufferData buffer) {
        long started = System.nanoTime();
        int length = buffer.available();
        try (PeerWatchdog.Transfer transfer = watchdog.begin(patience, this::abort)) {
            buffer.writeTo(new Pieces(transfer));
        }
        patience = pace.left(patience, System.nanoTime() - started, length);
    }

    /// Writes in pieces, so that a slow client is told from one that takes nothing.
    private final class Pieces extends OutputStream {
        private final PeerWatchdog.Transfer transfer;

        private Pieces(PeerWatchdog.Transfer transfer) {
            this.transfer = transfer;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += PIECE_BYTES) {
                int count = Math.min(PIECE_BYTES, length - at);
                out.write(bytes, offset + at, count);
                transfer.extend(pace.nanos(count));
            }
        }
    }

    /// Ends the connection from any thread: the peer sees the end of the stream after everything
    /// that was written.
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

    /// Ends the connection of a peer that rests, from the watchdog's thread.
    void end() {
        try {
            close();
        } catch (UncheckedIOException _) {
            // It was closed meanwhile.
        }
    }

    /// Ends the connection and drops what was not taken yet, which the system would go on offering.
    private void abort() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (IOException _) {
            // It was closed meanwhile.
        }
    }

    /// Tells the peer that nothing more is sent.
    void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public byte[] get() {
        throw new UnsupportedOperationException("Requests are read by RequestReader");
    }

    @Override
    @SuppressWarnings("removal")
    public int read(BufferData buffer) {
        throw new UnsupportedOperationException("Requests are read by RequestReader");
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
