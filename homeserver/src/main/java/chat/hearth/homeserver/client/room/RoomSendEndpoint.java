package chat.hearth.homeserver.client.room;

import chat.hearth.homeserver.client.budget.EventBudget;
import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.rooms.content.CheckedSends;
import chat.hearth.rooms.event.Sent;
import java.util.List;
import java.util.Optional;

/// `PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}`: sends a message.
///
/// See [Sending events to a
/// room](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid).
final class RoomSendEndpoint {
    private final CheckedSends sends;
    private final EventBudget budget;

    RoomSendEndpoint(CheckedSends sends, EventBudget budget) {
        this.sends = sends;
        this.budget = budget;
    }

    List<Route> routes() {
        return List.of(
                Route.put("/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}", this::send)
                        .withAccess(Access.USER_OR_GUEST)
                        .withoutRateLimit());
    }

    private Response send(Request request) {
        Requester requester = Requests.active(request);
        RoomId room = Requests.roomId(request);
        String type = request.path("eventType");
        var transaction =
                TransactionScope.key(requester, "send", room, type, request.path("txnId"));
        Optional<Sent> answered = sends.answered(transaction);
        if (answered.isPresent()) {
            return answer(answered.get());
        }
        budget.pay(requester, 1);
        var draft = EventDraft.message(requester.userId(), type, request.json());
        return answer(sends.send(room, draft, transaction));
    }

    private static Response answer(Sent sent) {
        return Response.json("event_id", sent.eventId().value());
    }
}
