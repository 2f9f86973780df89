package chat.hearth.homeserver.client.server;

import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where clients reach the server, as they are told.
public final class ClientAddress {
    private static final ServerName LOCAL = new ServerName("localhost");

    private ClientAddress() {}

    /// The address that is published, if any: the configured one, or that of a server for this
    /// machine.
    ///
    /// @param configured null when none is
    /// @param port the port that clients connect to, 0 when it is not known yet
    public static Optional<URI> published(@Nullable URI configured, ServerName server, int port) {
        if (configured != null) {
            return Optional.of(configured);
        }
        if (!server.equals(LOCAL) || port == 0) {
            return Optional.empty();
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
