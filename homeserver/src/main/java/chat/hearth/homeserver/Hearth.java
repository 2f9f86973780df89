package chat.hearth.homeserver;

import io.helidon.webserver.WebServer;

/// One running homeserver. A process may hold several.
public final class Hearth implements AutoCloseable {
    private static final int CLIENT_PORT = 8008;

    private final WebServer server;

    private Hearth(WebServer server) {
        this.server = server;
    }

    /// Starts a homeserver; it answers when this returns.
    public static Hearth start() {
        WebServer server =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(CLIENT_PORT)
                        .routing(
                                routing ->
                                        routing.get(
                                                "/", (_, response) -> response.send("Hearth\n")))
                        .build()
                        .start();
        return new Hearth(server);
    }

    /// The port that clients connect to.
    public int clientPort() {
        return server.port();
    }

    /// Stops accepting, lets requests in flight end, and releases everything.
    @Override
    public void close() {
        server.stop();
    }
}
