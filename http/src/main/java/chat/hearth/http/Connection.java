package chat.hearth.http;

import chat.hearth.http.limit.ByteBudget;
import chat.hearth.protocol.error.MatrixException;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriter;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// One client's connection, served by one virtual thread from the first request to the last.
///
/// A connection may rest for the idle timeout between two requests. From the first byte of a
/// request on, the client has to send its head within the head's deadline. Helidon is given whole
/// heads that were checked, and never a body.
final class Connection implements ConnectionContext {
    private static final Logger LOG = System.getLogger(Connection.class.getName());

    /// After a refusal so much is still read before the connection is closed: closing at once would
    /// reset the connection and take the response with it.
    private static final int DRAIN_BYTES_MAX = 256 * 1024;

    /// What is only read to be dropped is read in pieces of this length.
    static final int DRAIN_PIECE_BYTES = 8 * 1024;

    private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(1);
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private final ListenerContext listener;
    private final Router router;
    private final PeerWatchdog watchdog;
    private final Duration idleTimeout;
    private final Duration headDeadline;
    private final ByteBudget budget;
    private final ClientAddress peer;
    private final @Nullable String budgetKey;
    private final ClientSocket socket;
    private final RequestReader requests;
    private final DataReader reader;
    private final SocketWriter writer;
    private final ServerConnection http;
    private ByteBudget.Lease lease;
    private @Nullable RequestHead head;
    private boolean refused;
    private long idleSince = System.nanoTime();
    private boolean idle = true;
    private boolean ended;

    Connection(
            ListenerContext listener,
            Router router,
            Http1ConnectionSelector protocol,
            PeerWatchdog watchdog,
            HttpSettings settings,
            ByteBudget budget,
            SocketChannel channel)
            throws IOException {
        this.listener = listener;
        this.router = router;
        this.watchdog = watchdog;
        this.idleTimeout = settings.idleTimeout();
        this.headDeadline = settings.headDeadline();
        this.budget = budget;
        this.peer =
                new ClientAddress(((InetSocketAddress) channel.getRemoteAddress()).getAddress());
        this.budgetKey = settings.trustedProxies().trusts(peer) ? null : peer.network();
        this.lease = budget.open(budgetKey);
        this.socket = new ClientSocket(channel, watchdog, settings.sending(), this);
        this.requests = new RequestReader(socket);
        this.reader = DataReader.create(this::receive);
        this.writer = SocketWriter.create(socket);
        this.http = protocol.connection(this);
    }

    /// Serves requests until one side ends the connection.
    void serve(Limit limit) {
        try {
            http.handle(limit);
        } catch (CloseConnectionException gone) {
            LOG.log(Level.TRACE, "A connection ended", gone);
        } catch (InterruptedException stopping) {
            LOG.log(Level.TRACE, "A connection was closed by the shutdown", stopping);
        } catch (UncheckedIOException | RequestException gone) {
            LOG.log(Level.DEBUG, "A connection was lost", gone);
        } catch (RuntimeException unexpected) {
            LOG.log(Level.WARNING, "A connection failed", unexpected);
        } finally {
            lease.close();
            if (refused) {
                drain();
            }
            closeSocket();
        }
    }

    private void drain() {
        var dropped = new byte[DRAIN_PIECE_BYTES];
        try (PeerWatchdog.Transfer _ = watch(DRAIN_DEADLINE)) {
            socket.endOutput();
            int count = 0;
            for (int left = DRAIN_BYTES_MAX; left > 0 && count >= 0; left -= count) {
                count = requests.read(dropped, 0, dropped.length);
            }
        } catch (IOException gone) {
            LOG.log(Level.TRACE, "A refused client disconnected", gone);
        }
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (UncheckedIOException gone) {
            LOG.log(Level.TRACE, "A socket could not be closed", gone);
        }
    }

    /// Ends the connection.
    ///
    /// @param atOnce false lets a request that is being served be answered first
    void end(boolean atOnce) {
        http.close(atOnce);
        if (atOnce) {
            closeSocket();
        }
    }

    /// Ends the connection if no request of it is being served.
    ///
    /// @return whether it did
    boolean endIfIdle() {
        synchronized (this) {
            if (!idle || ended) {
                return false;
            }
            ended = true;
        }
        socket.end();
        return true;
    }

    /// Whether the connection was ended because it rested.
    synchronized boolean hasEnded() {
        return ended;
    }

    /// For how long the connection has rested, in nanoseconds; negative while it does not.
    synchronized long idleNanos(long now) {
        return idle && !ended ? Math.max(0, now - idleSince) : -1;
    }

    /// The client's end of the connection, perhaps a proxy.
    ClientAddress peer() {
        return peer;
    }

    /// Called by Helidon for the head of the next request, once it is done with the one before.
    @SuppressWarnings("NullAway") // null is how Helidon is told of the end
    private byte[] receive() {
        lease.close();
        head = null;
        try {
            if (!awaitRequest()) {
                return null;
            }
            lease = budget.open(budgetKey);
            socket.beginResponse();
            RequestHead next;
            try (PeerWatchdog.Transfer _ = watch(headDeadline)) {
                next = requests.readHead(lease);
            }
            if (!beginService()) {
                return null;
            }
            head = next;
            return next.bytes();
        } catch (RefusedHeadException malformed) {
            throw refusal(Status.create(malformed.status())).build();
        } catch (MatrixException noMemory) {
            throw refusal(Status.create(noMemory.status()))
                    .header(HeaderValues.create(HeaderNames.RETRY_AFTER, "1"))
                    .build();
        } catch (IOException e) {
            throw new ServerConnectionException("The connection broke", e);
        }
    }

    private RequestException.Builder refusal(Status status) {
        refused = true;
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .status(status)
                .message("The head is refused")
                .setKeepAlive(false);
    }

    private boolean awaitRequest() throws IOException {
        synchronized (this) {
            idle = true;
            idleSince = System.nanoTime();
        }
        try (PeerWatchdog.Transfer _ = watch(idleTimeout)) {
            return requests.awaitRequest();
        }
    }

    /// A connection rests until it has sent a whole head: one that never does makes room like one
    /// that sends nothing.
    private synchronized boolean beginService() {
        idle = false;
        return !ended;
    }

    /// Begins a transfer that ends this connection if it is late.
    PeerWatchdog.Transfer watch(Duration limit) {
        return watchdog.begin(limit, socket::end);
    }

    /// The head of the request that is being served.
    RequestHead head() {
        RequestHead current = head;
        if (current == null) {
            throw new IllegalStateException("No request is being served");
        }
        return current;
    }

    /// What the request that is being served holds in memory.
    ByteBudget.Lease lease() {
        return lease;
    }

    /// A reader for the body of the request that is being served.
    BodyReader bodyReader() {
        return new BodyReader(requests, head());
    }

    /// Tells a client that waits for it to send its body.
    void sendContinue() throws IOException {
        try {
            socket.write(BufferData.create(CONTINUE));
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    /// Tells the client that nothing more is sent, so that it can stop sending, too.
    void endOutput() {
        try {
            socket.endOutput();
        } catch (IOException gone) {
            throw new CloseConnectionException("The client is gone", gone);
        }
    }

    /// Sends bytes past Helidon.
    void send(BufferData bytes) {
        socket.write(bytes);
    }

    /// Whether the client still holds the connection open, see [Request#clientConnected].
    boolean peerConnected() {
        return requests.peerConnected();
    }

    @Override
    public HelidonSocket serverSocket() {
        return socket;
    }

    @Override
    public ListenerContext listenerContext() {
        return listener;
    }

    @Override
    public ExecutorService executor() {
        return listener.executor();
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public Router router() {
        return router;
    }

    @Override
    public PeerInfo remotePeer() {
        return socket.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return socket.localPeer();
    }

    @Override
    public boolean isSecure() {
        return socket.isSecure();
    }

    @Override
    public String socketId() {
        return socket.socketId();
    }

    @Override
    public String childSocketId() {
        return socket.childSocketId();
    }
}
