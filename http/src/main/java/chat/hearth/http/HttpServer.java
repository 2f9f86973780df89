package chat.hearth.http;

import chat.hearth.http.json.RecordJson;
import chat.hearth.http.limit.ByteBudget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A running server with one or more listeners. Requests run on virtual threads.
///
/// It speaks HTTP/1.1, and HTTP/1.0 as proxies send it unless they are told otherwise. TLS and
/// HTTP/2 are a reverse proxy's.
public final class HttpServer implements AutoCloseable {
    /// The name of the logger that is told of each request.
    public static final String ACCESS_LOG = "chat.hearth.http.access";

    private final Map<String, Acceptor> acceptors;
    private final PeerWatchdog watchdog;

    private HttpServer(Map<String, Acceptor> acceptors, PeerWatchdog watchdog) {
        this.acceptors = acceptors;
        this.watchdog = watchdog;
    }

    /// Binds the listeners and begins to answer: all of them or none.
    ///
    /// @param tokens knows whose access tokens are
    /// @param metrics counts requests
    /// @throws IllegalArgumentException when two routes of a listener take the same requests
    /// @throws AddressTakenException when an address cannot be bound
    public static HttpServer start(
            HttpSettings settings,
            List<Listener> listeners,
            AccessTokens tokens,
            RequestMetrics metrics) {
        return start(
                settings, listeners, tokens, metrics, KnownFailures.NONE, VitalThreads.UNWATCHED);
    }

    /// Binds the listeners and begins to answer: all of them or none.
    ///
    /// @param tokens knows whose access tokens are
    /// @param metrics counts requests
    /// @param failures knows which failures are not the server's own
    /// @param threads sees to the threads that accept and end connections
    /// @throws IllegalArgumentException when two routes of a listener take the same requests
    /// @throws AddressTakenException when an address cannot be bound
    public static HttpServer start(
            HttpSettings settings,
            List<Listener> listeners,
            AccessTokens tokens,
            RequestMetrics metrics,
            KnownFailures failures,
            VitalThreads threads) {
        PeerWatchdog watchdog = PeerWatchdog.start(threads);
        ByteBudget budget = settings.budget();
        var records = new RecordJson();
        var accessLog = new AccessLog(System.getLogger(ACCESS_LOG));
        var server = new HttpServer(new LinkedHashMap<>(), watchdog);
        try {
            for (Listener listener : listeners) {
                var dispatcher =
                        new Dispatcher(
                                listener, settings, tokens, metrics, failures, accessLog, records);
                server.acceptors.put(
                        listener.name(),
                        Acceptor.bind(settings, listener, dispatcher, watchdog, budget, threads));
            }
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        server.acceptors.values().forEach(Acceptor::start);
        return server;
    }

    /// The TCP port of the listener `name`.
    ///
    /// @throws IllegalArgumentException when there is no such listener
    public int port(String name) {
        return acceptor(name).port();
    }

    /// How many connections of the listener `name` rest between two requests.
    int resting(String name) {
        return acceptor(name).resting();
    }

    private Acceptor acceptor(String name) {
        Acceptor acceptor = acceptors.get(name);
        if (acceptor == null) {
            throw new IllegalArgumentException("No listener " + name);
        }
        return acceptor;
    }

    /// Stops listening and waits for running requests, as long as the settings allow. Whoever has
    /// requests that wait for something to happen should wake them first.
    @Override
    public void close() {
        acceptors.values().forEach(Acceptor::close);
        watchdog.close();
    }
}
