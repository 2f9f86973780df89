package chat.hearth.homeserver.client.room;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.rooms.membership.RoomMemberships;
import java.util.List;

/// `POST /_matrix/client/v3/rooms/{roomId}/leave` and `/forget`.
///
/// See [Leaving rooms](https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms).
final class LeavingEndpoint {
    private final RoomMemberships memberships;
    private final RateLimiter limiter;

    LeavingEndpoint(RoomMemberships memberships, RateLimiter limiter) {
        this.memberships = memberships;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/_matrix/client/v3/rooms/{roomId}/leave", this::leave)
                        .withAccess(Access.USER_OR_GUEST)
                        .withRateLimit(limiter),
                Route.post("/_matrix/client/v3/rooms/{roomId}/forget", this::forget)
                        .withAccess(Access.USER_OR_GUEST)
                        .withRateLimit(limiter));
    }

    private Response leave(Request request) {
        String reason = request.bodyOrEmpty(Reason.class).reason();
        memberships.leave(Requests.userId(request), Requests.roomId(request), reason);
        return Response.empty();
    }

    private Response forget(Request request) {
        memberships.forget(Requests.userId(request), Requests.roomId(request));
        return Response.empty();
    }
}
