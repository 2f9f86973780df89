package chat.hearth.http;

import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.context.Context;
import io.helidon.http.Headers;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/// Listens on one address and gives each connection a virtual thread.
///
/// Helidon reads the requests and writes the responses. Accepting and holding connections is our
/// own, because Helidon's listener keeps 8 KiB for each connection, waits for the head of a request
/// without end, and stops listening when the process has run out of files.
final class Acceptor implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Acceptor.class.getName());

    /// The longest request line in bytes: room for a filter or a sync token in the query.
    private static final int PROLOGUE_BYTES_MAX = 65_536;

    /// The longest headers of one request in bytes.
    private static final int HEADERS_BYTES_MAX = 16_384;

    /// How long to wait after a connection could not be accepted.
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    /// How often connections are asked to end while the server stops: one that was just about to
    /// read its next request has missed the first time.
    private static final Duration END_PAUSE = Duration.ofMillis(20);

    private final HttpSettings settings;
    private final ServerSocketChannel server;
    private final Transport transport;
    private final Router router;
    private final Http1ConnectionSelector protocol;
    private final PeerWatchdog watchdog;
    private final Limit unlimited = FixedLimit.create();
    private final Semaphore places;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ThreadFactory threads = Thread.ofVirtual().name("http").factory();
    private final Thread accepting;
    private volatile boolean stopping;

    private Acceptor(
            HttpSettings settings,
            Listener listener,
            ServerSocketChannel server,
            Dispatcher dispatcher,
            PeerWatchdog watchdog) {
        this.settings = settings;
        this.server = server;
        this.watchdog = watchdog;
        this.places = new Semaphore(listener.connectionsMax());
        this.router = Router.builder().addRouting(HttpRouting.builder().any(dispatcher)).build();
        this.protocol = Http1ConnectionSelector.builder().config(http1()).build();
        var encoding = new PassThroughEncoding();
        this.transport =
                new Transport(
                        Context.create(),
                        MediaContext.create(),
                        encoding,
                        DirectErrors.handlers(listener.browsers()),
                        ListenerConfig.builder()
                                .maxPayloadSize(settings.payloadBytesMax())
                                .contentEncoding(encoding)
                                .build(),
                        Executors.newVirtualThreadPerTaskExecutor());
        this.accepting =
                Thread.ofPlatform().name("http-" + listener.name()).unstarted(this::accept);
    }

    /// Binds the listener's address; connections wait until [#start].
    ///
    /// @throws AddressTakenException when the address cannot be bound; its message names it
    static Acceptor bind(
            HttpSettings settings,
            Listener listener,
            Dispatcher dispatcher,
            PeerWatchdog watchdog) {
        ServerSocketChannel server = bound(listener, settings.backlog());
        return new Acceptor(settings, listener, server, dispatcher, watchdog);
    }

    private static ServerSocketChannel bound(Listener listener, int backlog) {
        var address = new InetSocketAddress(listener.host(), listener.port());
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            try {
                server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                return server.bind(address, backlog);
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw new AddressTakenException(listener, e);
        }
    }

    /// Path and query are decoded and checked by our own router. Helidon's logs of what is received
    /// and sent would hold tokens.
    private static Http1Config http1() {
        return Http1Config.builder()
                .maxPrologueLength(PROLOGUE_BYTES_MAX)
                .maxHeadersSize(HEADERS_BYTES_MAX)
                .validatePath(false)
                .validatePrologue(false)
                .sendKeepAliveHeader(false)
                .log(log -> log.receiveLog(false).sendLog(false))
                .addReceiveListener(new HeadListener())
                .build();
    }

    private static final class HeadListener implements Http1ConnectionListener {
        @Override
        public void headers(ConnectionContext context, Headers headers) {
            if (context instanceof Connection connection) {
                connection.headReceived();
            }
        }
    }

    /// Begins to accept connections.
    void start() {
        accepting.start();
    }

    /// The TCP port.
    int port() {
        return server.socket().getLocalPort();
    }

    private void accept() {
        try {
            while (!stopping) {
                places.acquire();
                if (!acceptOne()) {
                    places.release();
                    Thread.sleep(ACCEPT_PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether a connection has taken the place
    private boolean acceptOne() {
        try {
            SocketChannel channel = server.accept();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                serve(new Connection(transport, router, protocol, watchdog, settings, channel));
                return true;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (ClosedChannelException e) {
            return false;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "A connection could not be accepted: {0}", e.getMessage());
            return false;
        }
    }

    private void serve(Connection connection) {
        connections.add(connection);
        threads.newThread(
                        () -> {
                            try {
                                connection.serve(unlimited);
                            } finally {
                                connections.remove(connection);
                                places.release();
                            }
                        })
                .start();
    }

    /// Stops listening, lets running requests be answered for as long as the settings allow, and
    /// then ends what is left.
    @Override
    public void close() {
        stopping = true;
        closeServer();
        accepting.interrupt();
        long deadline = System.nanoTime() + settings.shutdownGrace().toNanos();
        try {
            while (!connections.isEmpty() && System.nanoTime() - deadline < 0) {
                connections.forEach(connection -> connection.end(false));
                Thread.sleep(END_PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(connection -> connection.end(true));
        transport.executor().shutdownNow();
    }

    private void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A listener could not be closed", e);
        }
    }
}
