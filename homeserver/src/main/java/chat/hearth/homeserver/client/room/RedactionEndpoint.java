package chat.hearth.homeserver.client.room;

import chat.hearth.homeserver.client.budget.EventBudget;
import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.content.CheckedSends;
import chat.hearth.rooms.event.Sent;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import java.util.List;
import java.util.Optional;

/// `PUT /_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}`: takes an event's content away.
/// Suspended accounts may do it to their own events.
///
/// See [Redactions](https://spec.matrix.org/v1.19/client-server-api/#redactions).
final class RedactionEndpoint {
    private final CheckedSends sends;
    private final Stores stores;
    private final EventBudget budget;

    RedactionEndpoint(CheckedSends sends, Stores stores, EventBudget budget) {
        this.sends = sends;
        this.stores = stores;
        this.budget = budget;
    }

    List<Route> routes() {
        return List.of(
                Route.put(
                                "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}",
                                this::redact)
                        .withAccess(Access.USER_OR_GUEST)
                        .withoutRateLimit());
    }

    private Response redact(Request request) {
        Requester requester = request.requester();
        RoomId room = Requests.roomId(request);
        EventId target = Requests.eventId(request);
        if (requester.suspended() && !isOwn(requester, target)) {
            throw new MatrixException(
                    ErrCode.M_USER_SUSPENDED, 403, "Your account is suspended and may not do this");
        }
        var transaction =
                TransactionScope.key(
                        requester, "redact", room, target.value(), request.path("txnId"));
        Optional<Sent> answered = sends.answered(transaction);
        if (answered.isPresent()) {
            return answer(answered.get());
        }
        budget.pay(requester, 1);
        String reason = request.bodyOrEmpty(Reason.class).reason();
        JsonObject content = JsonObject.builder().putIfPresent("reason", reason).build();
        var draft = EventDraft.redaction(requester.userId(), target, content);
        return answer(sends.send(room, draft, transaction));
    }

    private static Response answer(Sent sent) {
        return Response.json("event_id", sent.eventId().value());
    }

    private boolean isOwn(Requester requester, EventId target) {
        return stores.events()
                .byId(target)
                .map(StoredEvent::sender)
                .filter(sender -> sender == requester.user())
                .isPresent();
    }
}
