package chat.hearth.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriter;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.RequestException;
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
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// One client's connection, served by one virtual thread from the first request to the last.
///
/// A connection may rest for the idle timeout between two requests. From the first byte of a
/// request on, the client has to send its head within the head's deadline.
final class Connection implements ConnectionContext {
    private static final Logger LOG = System.getLogger(Connection.class.getName());

    private final ListenerContext listener;
    private final Router router;
    private final PeerWatchdog watchdog;
    private final Duration idleTimeout;
    private final Duration headDeadline;
    private final ClientSocket socket;
    private final DataReader reader;
    private final SocketWriter writer;
    private final ServerConnection http;
    private PeerWatchdog.@Nullable Transfer head;

    Connection(
            ListenerContext listener,
            Router router,
            Http1ConnectionSelector protocol,
            PeerWatchdog watchdog,
            HttpSettings settings,
            SocketChannel channel)
            throws IOException {
        this.listener = listener;
        this.router = router;
        this.watchdog = watchdog;
        this.idleTimeout = settings.idleTimeout();
        this.headDeadline = settings.headDeadline();
        this.socket = new ClientSocket(channel, watchdog, settings.sendDeadline());
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
            LOG.log(Level.TRACE, "A connection was ended", stopping);
        } catch (UncheckedIOException | RequestException gone) {
            LOG.log(Level.DEBUG, "A connection broke", gone);
        } catch (RuntimeException unexpected) {
            LOG.log(Level.WARNING, "A connection failed", unexpected);
        } finally {
            headReceived();
            closeSocket();
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

    private boolean isBetweenRequests() {
        return head == null && http instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @SuppressWarnings("NullAway") // null is how Helidon is told of the end
    private byte[] receive() {
        try {
            if (!isBetweenRequests()) {
                return socket.get();
            }
            boolean hasBegun = reader.available() > 0;
            byte[] first = hasBegun ? null : awaitRequest();
            head = watchdog.begin(headDeadline);
            return hasBegun ? socket.get() : first;
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("The connection broke", e);
        }
    }

    private byte[] awaitRequest() {
        try (PeerWatchdog.Transfer _ = watchdog.begin(idleTimeout)) {
            return socket.get();
        }
    }

    /// To be called when the head of a request is there.
    void headReceived() {
        PeerWatchdog.Transfer pending = head;
        if (pending != null) {
            head = null;
            pending.close();
        }
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
