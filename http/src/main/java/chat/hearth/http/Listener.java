package chat.hearth.http;

import java.util.List;

/// One address to listen on, with what is served there.
///
/// @param name the listener's name, for [HttpServer#port]
/// @param host the address to bind, such as `127.0.0.1` or `::`
/// @param port the TCP port, 0 for any free one
/// @param browsers whether web pages of any origin may call it (CORS), as the client-server API has
///   it
/// @param routes what is served
public record Listener(String name, String host, int port, boolean browsers, List<Route> routes) {
    /// The loopback address, the default for everything.
    public static final String LOOPBACK = "127.0.0.1";

    /// Takes a copy of the routes.
    public Listener {
        routes = List.copyOf(routes);
    }

    /// A listener for clients.
    public static Listener forClients(String name, String host, int port, List<Route> routes) {
        return new Listener(name, host, port, true, routes);
    }

    /// A listener for the operator's own tools.
    public static Listener forOperations(String name, String host, int port, List<Route> routes) {
        return new Listener(name, host, port, false, routes);
    }
}
