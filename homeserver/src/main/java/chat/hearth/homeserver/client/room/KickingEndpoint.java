package chat.hearth.homeserver.client.room;

import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.rooms.membership.RoomMemberships;
import java.util.List;

/// `POST /_matrix/client/v3/rooms/{roomId}/kick`: puts a user out of a room.
///
/// See [Kicking
/// users](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidkick).
final class KickingEndpoint {
    private final RoomMemberships memberships;
    private final RateLimiter limiter;

    KickingEndpoint(RoomMemberships memberships, RateLimiter limiter) {
        this.memberships = memberships;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/_matrix/client/v3/rooms/{roomId}/kick",
                                request -> Target.act(request, memberships::kick))
                        .withRateLimit(limiter));
    }
}
