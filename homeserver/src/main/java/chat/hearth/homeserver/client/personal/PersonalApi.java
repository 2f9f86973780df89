package chat.hearth.homeserver.client.personal;

import chat.hearth.homeserver.client.budget.EventBudget;
import chat.hearth.http.Api;
import chat.hearth.http.Request;
import chat.hearth.http.Route;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The endpoints about what belongs to a user.
public final class PersonalApi implements Api {
    private final List<Route> routes = new ArrayList<>();

    /// Endpoints over `services`, where what wakes others is paid from `budget`.
    public PersonalApi(
            PersonalServices services, RoomEngine engine, Stores stores, EventBudget budget) {
        var presence = services.presence();
        Stream.of(
                        budget.events(
                                new ProfileEndpoint(services.profiles(), presence, stores)
                                        .routes()),
                        waking(new TypingEndpoint(engine, presence).routes(), engine, budget),
                        waking(
                                new ReceiptsEndpoint(services.receipts(), presence).routes(),
                                engine,
                                budget),
                        waking(
                                new ReadMarkersEndpoint(services.receipts()).routes(),
                                engine,
                                budget),
                        budget.events(new PresenceEndpoint(presence, stores).routes()),
                        budget.settings(new AccountDataEndpoint(services.accountData()).routes()),
                        budget.settings(
                                new TagsEndpoint(services.tags(), services.accountData()).routes()),
                        budget.settings(new FilterEndpoint(services.filters()).routes()),
                        budget.settings(new PushRulesEndpoint(services.pushRules()).routes()))
                .forEach(routes::addAll);
    }

    /// Routes that wake those who read a room.
    private static List<Route> waking(List<Route> routes, RoomEngine engine, EventBudget budget) {
        return routes.stream()
                .map(route -> budget.wakes(route, request -> readers(engine, request)))
                .toList();
    }

    private static int readers(RoomEngine engine, Request request) {
        return engine.rooms()
                .find(Own.room(request))
                .map(room -> engine.feed().readers(room.number()))
                .orElse(0);
    }

    @Override
    public List<Route> routes() {
        return List.copyOf(routes);
    }
}
