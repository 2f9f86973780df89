package chat.hearth.homeserver.client.personal;

import chat.hearth.http.Api;
import chat.hearth.http.Route;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.List;

/// The endpoints about what belongs to a user.
public final class PersonalApi implements Api {
    private final List<Route> routes = new ArrayList<>();

    /// Endpoints over `services`.
    public PersonalApi(PersonalServices services, RoomEngine engine, Stores stores) {
        routes.addAll(
                new ProfileEndpoint(services.profiles(), services.presence(), stores).routes());
        routes.addAll(new TypingEndpoint(engine, services.presence()).routes());
        routes.addAll(new ReceiptsEndpoint(services.receipts(), services.presence()).routes());
        routes.addAll(new ReadMarkersEndpoint(services.receipts()).routes());
        routes.addAll(new AccountDataEndpoint(services.accountData()).routes());
        routes.addAll(new TagsEndpoint(services.tags(), services.accountData()).routes());
        routes.addAll(new FilterEndpoint(services.filters()).routes());
        routes.addAll(new PresenceEndpoint(services.presence(), stores).routes());
        routes.addAll(new PushRulesEndpoint(services.pushRules()).routes());
    }

    @Override
    public List<Route> routes() {
        return List.copyOf(routes);
    }
}
