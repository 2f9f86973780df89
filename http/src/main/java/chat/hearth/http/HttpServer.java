package chat.hearth.http;

import chat.hearth.http.json.RecordJson;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A running server with one or more listeners. Requests run on virtual threads.
///
/// It speaks HTTP/1.1 only; HTTP/1.0 is refused. TLS and HTTP/2 are a reverse proxy's.
public final class HttpServer implements AutoCloseable {
    /// The longest request line in bytes: room for a filter or a sync token in the query.
    private static final int PROLOGUE_BYTES_MAX = 65_536;

    /// The longest headers of one request in bytes.
    private static final int HEADERS_BYTES_MAX = 16_384;

    private final WebServer server;
    private final Map<String, Integer> ports;
    private final PeerWatchdog watchdog;

    private HttpServer(WebServer server, Map<String, Integer> ports, PeerWatchdog watchdog) {
        this.server = server;
        this.ports = ports;
        this.watchdog = watchdog;
    }

    /// Binds the listeners and begins to answer.
    ///
    /// @param tokens knows whose access tokens are
    /// @param metrics counts requests
    /// @throws IllegalArgumentException when two routes of a listener take the same requests
    /// @throws UncheckedIOException when an address cannot be bound
    public static HttpServer start(
            HttpSettings settings,
            List<Listener> listeners,
            AccessTokens tokens,
            RequestMetrics metrics) {
        PeerWatchdog watchdog = PeerWatchdog.start();
        var records = new RecordJson();
        var accessLog = new AccessLog(System.getLogger("chat.hearth.http.access"));
        WebServerConfig.Builder config = WebServer.builder();
        config.shutdownHook(false).featuresDiscoverServices(false).protocolsDiscoverServices(false);
        for (Listener listener : listeners) {
            var dispatcher =
                    new Dispatcher(
                            listener, settings, tokens, metrics, accessLog, records, watchdog);
            if (listener.equals(listeners.getFirst())) {
                configure(config, settings, listener, dispatcher);
            } else {
                var socket = ListenerConfig.builder();
                configure(socket, settings, listener, dispatcher);
                config.putSocket(listener.name(), socket.name(listener.name()).build());
            }
        }
        WebServer server = config.build().start();
        // Helidon only logs that it could not bind
        if (!server.isRunning()) {
            watchdog.close();
            throw new UncheckedIOException(
                    new BindException("Cannot listen on " + addresses(listeners)));
        }
        return new HttpServer(server, ports(server, listeners), watchdog);
    }

    private static String addresses(List<Listener> listeners) {
        return listeners.stream()
                .map(listener -> listener.host() + ":" + listener.port())
                .collect(Collectors.joining(", "));
    }

    /// The ports by name. Helidon calls the first listener by a name of its own.
    private static Map<String, Integer> ports(WebServer server, List<Listener> listeners) {
        var ports = new HashMap<String, Integer>();
        for (Listener listener : listeners) {
            boolean isFirst = listener.equals(listeners.getFirst());
            ports.put(listener.name(), isFirst ? server.port() : server.port(listener.name()));
        }
        return Map.copyOf(ports);
    }

    private static void configure(
            ListenerConfig.BuilderBase<?, ?> config,
            HttpSettings settings,
            Listener listener,
            Dispatcher dispatcher) {
        config.host(listener.host())
                .port(listener.port())
                .useNio(false)
                .backlog(settings.backlog())
                .maxTcpConnections(settings.connectionsMax())
                .maxPayloadSize(settings.payloadBytesMax())
                .idleConnectionTimeout(settings.idleTimeout())
                .idleConnectionPeriod(
                        settings.idleTimeout().dividedBy(2).plus(Duration.ofMillis(1)))
                .shutdownGracePeriod(settings.shutdownGrace())
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .contentEncoding(new PassThroughEncoding())
                .directHandlers(DirectErrors.handlers(listener.browsers()))
                .addConnectionSelector(Http1ConnectionSelector.builder().config(http1()).build())
                .routing(HttpRouting.builder().any(dispatcher));
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
                .build();
    }

    /// The TCP port of the listener `name`.
    ///
    /// @throws IllegalArgumentException when there is no such listener
    public int port(String name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalArgumentException("No listener " + name);
        }
        return port;
    }

    /// Stops listening and waits for running requests, as long as the settings allow. Whoever has
    /// requests that wait for something to happen should wake them first.
    @Override
    public void close() {
        server.stop();
        watchdog.close();
    }
}
