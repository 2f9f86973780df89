package chat.hearth.homeserver.client.room;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.rooms.membership.RoomMemberships;
import java.util.List;

/// `POST /_matrix/client/v3/knock/{roomIdOrAlias}`: asks to be let into a room.
///
/// See [Knocking on
/// rooms](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3knockroomidoralias).
final class KnockingEndpoint {
    private final RoomMemberships memberships;
    private final RoomAddresses addresses;
    private final RateLimiter limiter;

    KnockingEndpoint(RoomMemberships memberships, RoomAddresses addresses, RateLimiter limiter) {
        this.memberships = memberships;
        this.addresses = addresses;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/_matrix/client/v3/knock/{roomIdOrAlias}", this::knock)
                        .withRateLimit(limiter));
    }

    private Response knock(Request request) {
        Requester requester = Requests.active(request);
        RoomId room = addresses.room(request);
        memberships.knock(requester.userId(), room, request.bodyOrEmpty(Reason.class).reason());
        return Response.json("room_id", room.value());
    }
}
