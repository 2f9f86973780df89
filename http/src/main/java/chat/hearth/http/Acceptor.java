package chat.hearth.http;

import chat.hearth.http.limit.ByteBudget;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.context.Context;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
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
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/// Listens on one address and gives each connection a virtual thread.
///
/// Helidon reads the requests and writes the responses. Accepting and holding connections is our
/// own, because Helidon's listener keeps 8 KiB for each connection, waits for the head of a request
/// without end, and stops listening when the process has run out of files.
final class Acceptor implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Acceptor.class.getName());

    /// What one connection that rests holds, in bytes of heap, rounded up.
    private static final int CONNECTION_BYTES = 16 * 1024;

    /// The part of the heap that connections may take.
    private static final int HEAP_PART = 4;

    /// What the system holds of an answer that its client does not take. It would go up to some
    /// megabytes by itself, for each of them, before a write waits.
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

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
    private final ByteBudget budget;
    private final OpenConnections connections;
    private final ThreadFactory threads = Thread.ofVirtual().name("http").factory();
    private final Thread accepting;
    private volatile boolean stopping;

    private Acceptor(
            HttpSettings settings,
            Listener listener,
            ServerSocketChannel server,
            Dispatcher dispatcher,
            PeerWatchdog watchdog,
            ByteBudget budget,
            VitalThreads vital) {
        this.settings = settings;
        this.server = server;
        this.watchdog = watchdog;
        this.budget = budget;
        this.connections =
                new OpenConnections(
                        connectionsMax(listener, settings),
                        listener.addressConnectionsMax(),
                        settings::isSharedByMany);
        this.router = Router.builder().addRouting(HttpRouting.builder().any(dispatcher)).build();
        this.protocol = Http1ConnectionSelector.builder().config(http1()).build();
        ContentEncodingContext encoding =
                ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build();
        this.transport =
                new Transport(
                        Context.create(),
                        MediaContext.create(),
                        encoding,
                        DirectErrors.handlers(listener.browsers()),
                        ListenerConfig.builder().contentEncoding(encoding).build(),
                        Executors.newVirtualThreadPerTaskExecutor());
        this.accepting =
                Thread.ofPlatform()
                        .name("http-" + listener.name())
                        .unstarted(vital.watched("The listener " + listener.name(), this::accept));
    }

    /// Binds the listener's address; connections wait until [#start].
    ///
    /// @throws AddressTakenException when the address cannot be bound; its message names it
    static Acceptor bind(
            HttpSettings settings,
            Listener listener,
            Dispatcher dispatcher,
            PeerWatchdog watchdog,
            ByteBudget budget,
            VitalThreads vital) {
        ServerSocketChannel server = bound(listener, settings.backlog());
        return new Acceptor(settings, listener, server, dispatcher, watchdog, budget, vital);
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

    /// Connections beyond what the heap holds would end the process.
    private static int connectionsMax(Listener listener, HttpSettings settings) {
        long held = settings.heapBytes() / HEAP_PART / CONNECTION_BYTES;
        if (held < listener.connectionsMax()) {
            LOG.log(
                    Level.WARNING,
                    "The heap is large enough for {0} connections to the listener {1}, not for {2}",
                    Long.toString(held),
                    listener.name(),
                    Integer.toString(listener.connectionsMax()));
        }
        return (int) Math.min(held, listener.connectionsMax());
    }

    /// Heads are bounded by [RequestReader], path and query decoded and checked by our own router.
    /// Helidon's logs of what is received and sent would hold tokens.
    private static Http1Config http1() {
        return Http1Config.builder()
                .maxPrologueLength(2 * RequestReader.HEAD_BYTES_MAX)
                .maxHeadersSize(2 * RequestReader.HEAD_BYTES_MAX)
                .validatePath(false)
                .validatePrologue(false)
                .sendKeepAliveHeader(false)
                .log(log -> log.receiveLog(false).sendLog(false))
                .build();
    }

    /// Begins to accept connections.
    void start() {
        accepting.start();
    }

    /// The TCP port.
    int port() {
        return server.socket().getLocalPort();
    }

    /// How many connections rest between two requests.
    int resting() {
        return connections.resting();
    }

    private void accept() {
        try {
            while (!stopping) {
                if (!acceptOne()) {
                    Thread.sleep(ACCEPT_PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return false when none could be accepted
    private boolean acceptOne() throws InterruptedException {
        try {
            SocketChannel channel = server.accept();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
                connections.awaitPlace();
                serve(
                        new Connection(
                                transport, router, protocol, watchdog, settings, budget, channel));
                return true;
            } catch (IOException | RuntimeException | InterruptedException e) {
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
        if (!connections.add(connection)) {
            connection.end(true);
            return;
        }
        threads.newThread(
                        () -> {
                            try {
                                connection.serve(unlimited);
                            } finally {
                                connections.remove(connection);
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
            while (!connections.all().isEmpty() && System.nanoTime() - deadline < 0) {
                connections.all().forEach(connection -> connection.end(false));
                Thread.sleep(END_PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.all().forEach(connection -> connection.end(true));
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
