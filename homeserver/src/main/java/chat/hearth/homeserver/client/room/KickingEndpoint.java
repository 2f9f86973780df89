package chat.hearth.homeserver.client.room;

import chat.hearth.http.Route;
import chat.hearth.rooms.membership.RoomMemberships;
import java.util.List;

/// `POST /_matrix/client/v3/rooms/{roomId}/kick`: puts a user out of a room.
///
/// See [Kicking
/// users](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidkick).
final class KickingEndpoint {
    private final RoomMemberships memberships;
    private final RoomLimits limits;

    KickingEndpoint(RoomMemberships memberships, RoomLimits limits) {
        this.memberships = memberships;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(
                limits.budget()
                        .events(
                                Route.post(
                                                "/_matrix/client/v3/rooms/{roomId}/kick",
                                                request -> Target.act(request, memberships::kick))
                                        .withRateLimit(limits.other()),
                                1));
    }
}
