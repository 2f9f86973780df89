package chat.hearth.homeserver;

import chat.hearth.homeserver.cli.ServerControl;
import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.Listeners;
import io.helidon.webserver.WebServer;
import java.time.Duration;
import java.util.OptionalInt;

/// One running homeserver. A process may hold several.
public final class Hearth implements ServerControl.Running {
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

    private final WebServer server;

    private Hearth(WebServer server) {
        this.server = server;
    }

    /// Starts a homeserver; it answers when this returns.
    public static Hearth start(HearthConfig config) {
        Listeners.Listener client = config.listeners().client();
        WebServer server =
                WebServer.builder()
                        .address(client.address())
                        .port(client.port())
                        .shutdownHook(false)
                        .shutdownGracePeriod(SHUTDOWN_GRACE)
                        .routing(
                                routing ->
                                        routing.get(
                                                "/", (_, response) -> response.send("Hearth\n")))
                        .build()
                        .start();
        return new Hearth(server);
    }

    @Override
    public int clientPort() {
        return server.port();
    }

    @Override
    public OptionalInt opsPort() {
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        server.stop();
    }
}
