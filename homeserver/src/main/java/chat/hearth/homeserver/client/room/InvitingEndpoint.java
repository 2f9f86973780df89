package chat.hearth.homeserver.client.room;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.membership.RoomMemberships;
import java.util.List;

/// `POST /_matrix/client/v3/rooms/{roomId}/invite`: invites a user. Invites by address need an
/// identity server, which this server does not speak to.
///
/// See [Joining rooms](https://spec.matrix.org/v1.19/client-server-api/#joining-rooms).
final class InvitingEndpoint {
    private final RoomMemberships memberships;
    private final RateLimiter limiter;

    InvitingEndpoint(RoomMemberships memberships, RateLimiter limiter) {
        this.memberships = memberships;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/_matrix/client/v3/rooms/{roomId}/invite", this::invite)
                        .withRateLimit(limiter));
    }

    private Response invite(Request request) {
        Requester requester = Requests.active(request);
        JsonObject json = request.json();
        if (!json.hasValue("user_id") && json.hasValue("id_server")) {
            throw new MatrixException(
                    ErrCode.M_THREEPID_DENIED, 403, "This server invites by user id only");
        }
        Target target = request.bind(json, Target.class);
        memberships.invite(
                requester.userId(), target.user(), Requests.roomId(request), target.reason());
        return Response.empty();
    }
}
