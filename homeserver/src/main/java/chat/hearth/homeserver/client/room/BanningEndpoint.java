package chat.hearth.homeserver.client.room;

import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.rooms.membership.RoomMemberships;
import java.util.List;

/// `POST /_matrix/client/v3/rooms/{roomId}/ban` and `/unban`.
///
/// See [Banning users in a
/// room](https://spec.matrix.org/v1.19/client-server-api/#banning-users-in-a-room).
final class BanningEndpoint {
    private final RoomMemberships memberships;
    private final RateLimiter limiter;

    BanningEndpoint(RoomMemberships memberships, RateLimiter limiter) {
        this.memberships = memberships;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/_matrix/client/v3/rooms/{roomId}/ban",
                                request -> Target.act(request, memberships::ban))
                        .withRateLimit(limiter),
                Route.post(
                                "/_matrix/client/v3/rooms/{roomId}/unban",
                                request -> Target.act(request, memberships::unban))
                        .withRateLimit(limiter));
    }
}
