package chat.hearth.homeserver.client.room;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `GET /_matrix/client/v3/joined_rooms`: which rooms the user is in.
///
/// See [Listing
/// rooms](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3joined_rooms).
final class ListJoinedRoomsEndpoint {
    private static final int PAGE = 10_000;

    private final Stores stores;
    private final RateLimiter limiter;

    ListJoinedRoomsEndpoint(Stores stores, RateLimiter limiter) {
        this.stores = stores;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/_matrix/client/v3/joined_rooms", this::list)
                        .withAnswerLimit(Route.LIST_ANSWER_BYTES_MAX)
                        .withAccess(Access.USER_OR_GUEST)
                        .withRateLimit(limiter));
    }

    private Response list(Request request) {
        int user = request.requester().user();
        var rooms = new ArrayList<String>();
        int after = 0;
        while (true) {
            List<StoredMembership> page =
                    stores.memberships().ofUser(user, Set.of(Membership.JOIN), after, PAGE);
            page.forEach(m -> rooms.add(stores.identifiers().room(m.room()).value()));
            if (page.size() < PAGE) {
                break;
            }
            after = page.getLast().room();
        }
        return Response.json(
                JsonObject.builder().put("joined_rooms", JsonArray.ofStrings(rooms)).build());
    }
}
