package chat.hearth.homeserver.client.server;

import chat.hearth.protocol.json.JsonObject;
import java.net.URI;

/// Where clients reach the server, as they are told.
public final class ClientAddress {
    private ClientAddress() {}

    /// The document `/.well-known/matrix/client`.
    ///
    /// @param base the address that clients put before `/_matrix`
    public static JsonObject wellKnown(URI base) {
        return JsonObject.builder()
                .put("m.homeserver", JsonObject.of("base_url", base.toString()))
                .build();
    }
}
