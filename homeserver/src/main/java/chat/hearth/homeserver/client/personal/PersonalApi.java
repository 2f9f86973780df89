package chat.hearth.homeserver.client.personal;

import chat.hearth.http.Api;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.http.path.HttpMethod;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.List;

/// The endpoints about what belongs to a user.
public final class PersonalApi implements Api {
    private final List<Route> routes = new ArrayList<>();

    /// Endpoints over `services`.
    ///
    /// @param limiter how often a user may change something
    public PersonalApi(
            PersonalServices services, RoomEngine engine, Stores stores, RateLimiter limiter) {
        var endpoints = new ArrayList<Route>();
        endpoints.addAll(
                new ProfileEndpoint(services.profiles(), services.presence(), stores).routes());
        endpoints.addAll(new TypingEndpoint(engine, services.presence()).routes());
        endpoints.addAll(new ReceiptsEndpoint(services.receipts(), services.presence()).routes());
        endpoints.addAll(new ReadMarkersEndpoint(services.receipts()).routes());
        endpoints.addAll(new AccountDataEndpoint(services.accountData()).routes());
        endpoints.addAll(new TagsEndpoint(services.tags(), services.accountData()).routes());
        endpoints.addAll(new FilterEndpoint(services.filters()).routes());
        endpoints.addAll(new PresenceEndpoint(services.presence(), stores).routes());
        endpoints.addAll(new PushRulesEndpoint(services.pushRules()).routes());
        for (Route route : endpoints) {
            routes.add(route.method() == HttpMethod.GET ? route : route.withRateLimit(limiter));
        }
    }

    @Override
    public List<Route> routes() {
        return List.copyOf(routes);
    }
}
