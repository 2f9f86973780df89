package chat.hearth.homeserver.client.server;

import chat.hearth.http.Api;
import chat.hearth.http.Route;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The endpoints about the server itself.
public final class ServerApi implements Api {
    private final List<Route> routes = new ArrayList<>();

    /// Endpoints of the server that `facts` are about.
    public ServerApi(ServerFacts facts) {
        routes.addAll(new VersionsEndpoint().routes());
        routes.addAll(new CapabilitiesEndpoint(facts.defaultRoomVersion()).routes());
        URI address = facts.address();
        routes.addAll(
                new WellKnownEndpoint(address == null ? null : ClientAddress.wellKnown(address))
                        .routes());
        routes.addAll(new WelcomeEndpoint(facts).routes());
    }

    @Override
    public List<Route> routes() {
        return List.copyOf(routes);
    }
}
