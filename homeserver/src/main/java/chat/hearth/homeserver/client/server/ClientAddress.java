package chat.hearth.homeserver.client.server;

import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/// Where clients reach the server, as they are told.
public final class ClientAddress {
    private static final ServerName LOCAL = new ServerName("localhost");

    private ClientAddress() {}

    /// The address that is published: the configured one, or that of a server for this machine.
    ///
    /// @param port the port that clients connect to, 0 when it is not known yet
    public static Optional<URI> published(Optional<URI> configured, ServerName server, int port) {
        if (configured.isPresent() || !server.equals(LOCAL) || port == 0) {
            return configured;
        }
        return Optional.of(URI.create("http://localhost:" + port));
    }

    /// The document `/.well-known/matrix/client`.
    ///
    /// @param base the address that clients put before `/_matrix`
    public static JsonObject wellKnown(URI base) {
        String text = base.toString();
        String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return JsonObject.builder().put("m.homeserver", JsonObject.of("base_url", bare)).build();
    }
}
