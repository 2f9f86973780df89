package chat.hearth.homeserver.client.room;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.rooms.content.CheckedSends;
import java.util.List;

/// `PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}`: sets state. An empty state
/// key may be left out together with the slash before it.
///
/// See [Sending events to a
/// room](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey).
final class RoomStateEndpoint {
    private final CheckedSends sends;
    private final MembershipLimits memberships;

    RoomStateEndpoint(CheckedSends sends, MembershipLimits memberships) {
        this.sends = sends;
        this.memberships = memberships;
    }

    List<Route> routes() {
        return List.of(
                Route.put(
                                "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
                                request -> put(request, request.path("stateKey")))
                        .withAccess(Access.USER_OR_GUEST)
                        .withoutRateLimit(),
                Route.put(
                                "/_matrix/client/v3/rooms/{roomId}/state/{eventType}",
                                request -> put(request, ""))
                        .withAccess(Access.USER_OR_GUEST)
                        .withoutRateLimit());
    }

    private Response put(Request request, String stateKey) {
        Requester requester = Requests.active(request);
        RoomId room = Requests.roomId(request);
        var draft =
                EventDraft.state(
                        requester.userId(), request.path("eventType"), stateKey, request.json());
        memberships.count(requester, room, draft);
        return Response.json("event_id", sends.send(room, draft, null).eventId().value());
    }
}
