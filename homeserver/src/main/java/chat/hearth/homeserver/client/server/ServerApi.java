package chat.hearth.homeserver.client.server;

import chat.hearth.http.Api;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The endpoints about the server itself.
public final class ServerApi implements Api {
    private final List<Route> routes = new ArrayList<>();

    /// Endpoints of a server.
    ///
    /// @param wellKnown see [ClientAddress#wellKnown], null when no address is published
    public ServerApi(@Nullable JsonObject wellKnown) {
        routes.addAll(new VersionsEndpoint().routes());
        routes.addAll(new CapabilitiesEndpoint().routes());
        routes.addAll(new WellKnownEndpoint(wellKnown).routes());
    }

    @Override
    public List<Route> routes() {
        return List.copyOf(routes);
    }
}
