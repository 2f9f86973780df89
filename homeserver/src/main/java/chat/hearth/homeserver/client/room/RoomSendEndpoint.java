package chat.hearth.homeserver.client.room;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.rooms.content.CheckedSends;

import java.util.List;

/// `PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}`: sends a message.
///
/// See [Sending events to a
/// room](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid).
final class RoomSendEndpoint {
    private final CheckedSends sends;
    private final RateLimiter limiter;

    RoomSendEndpoint(CheckedSends sends, RateLimiter limiter) {
        this.sends = sends;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.put("/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}", this::send)
                        .withBodyLimit(Route.EVENT_BODY_BYTES_MAX)
                        .withAccess(Access.USER_OR_GUEST)
                        .withRateLimit(limiter));
    }

    private Response send(Request request) {
        Requester requester = Requests.active(request);
        RoomId room = Requests.roomId(request);
        String type = request.path("eventType");
        var draft = EventDraft.message(requester.userId(), type, request.json());
        var transaction =
                TransactionScope.key(requester, "send", room, type, request.path("txnId"));
        return Response.json("event_id", sends.send(room, draft, transaction).eventId().value());
    }
}
