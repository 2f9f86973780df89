package chat.hearth.http;

import chat.hearth.http.limit.RateLimiter;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One address to listen on, with what is served there.
///
/// @param name the listener's name, for [HttpServer#port]
/// @param host the address to bind, such as `127.0.0.1` or `::`
/// @param port the TCP port, 0 for any free one
/// @param connectionsMax open connections; at this bound the one that has rested longest is ended,
///   and further ones wait to be accepted while none rests
/// @param browsers whether web pages of any origin may call it (CORS), as the client-server API has
///   it
/// @param limiter the rate limit of every route that has none of its own; null for none
/// @param routes what is served
public record Listener(
        String name,
        String host,
        int port,
        int connectionsMax,
        boolean browsers,
        @Nullable RateLimiter limiter,
        List<Route> routes) {
    /// The loopback address, the default for everything.
    public static final String LOOPBACK = "127.0.0.1";

    /// The open connections of a listener that says nothing else.
    public static final int CONNECTIONS_MAX = 10_000;

    private static final int ADDRESS_PART = 4;
    private static final int ADDRESS_CONNECTIONS_MIN = 64;

    /// The most open connections of one address that is neither a proxy's nor this machine's own: a
    /// part of all, but enough for a household behind one router.
    int addressConnectionsMax() {
        return Math.max(connectionsMax / ADDRESS_PART, ADDRESS_CONNECTIONS_MIN);
    }

    /// Takes a copy of the routes.
    public Listener {
        routes = List.copyOf(routes);
    }

    /// A listener for clients.
    public static Listener forClients(String name, String host, int port, List<Route> routes) {
        return new Listener(name, host, port, CONNECTIONS_MAX, true, null, routes);
    }

    /// A listener for the operator's own tools.
    public static Listener forOperations(String name, String host, int port, List<Route> routes) {
        return new Listener(name, host, port, CONNECTIONS_MAX, false, null, routes);
    }

    /// This listener with at most `newMax` open connections.
    public Listener withConnectionsMax(int newMax) {
        return new Listener(name, host, port, newMax, browsers, limiter, routes);
    }

    /// This listener with a rate limit for every route that has none of its own.
    public Listener withRateLimit(RateLimiter newLimiter) {
        return new Listener(name, host, port, connectionsMax, browsers, newLimiter, routes);
    }
}
