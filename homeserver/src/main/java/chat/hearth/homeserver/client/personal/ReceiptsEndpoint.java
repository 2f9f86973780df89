package chat.hearth.homeserver.client.personal;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.rooms.presence.PresenceTracker;
import chat.hearth.rooms.receipt.Mark;
import chat.hearth.rooms.receipt.ReadReceipts;
import chat.hearth.rooms.receipt.ReceiptType;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `POST /_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}`.
///
/// See [Receipts](https://spec.matrix.org/v1.19/client-server-api/#receipts).
final class ReceiptsEndpoint {
    private static final String THREAD = "thread_id";

    private final ReadReceipts receipts;
    private final PresenceTracker presence;

    ReceiptsEndpoint(ReadReceipts receipts, PresenceTracker presence) {
        this.receipts = receipts;
        this.presence = presence;
    }

    List<Route> routes() {
        return List.of(
                Route.post(Own.V3 + "/rooms/{roomId}/receipt/{receiptType}/{eventId}", this::post)
                        .withBodyLimit(Route.SMALL_BODY_BYTES_MAX));
    }

    private Response post(Request request) {
        Requester requester = request.requester();
        ReceiptType type = request.path("receiptType", ReceiptType::parse);
        EventId event = request.path("eventId", EventId::parse);
        var mark = new Mark(type, event, thread(request.jsonOrEmpty()));
        receipts.mark(requester.userId(), requester.user(), Own.room(request), List.of(mark));
        presence.active(requester.user());
        return Response.empty();
    }

    private static @Nullable String thread(JsonObject body) {
        return switch (body.value(THREAD)) {
            case null -> null;
            case JsonString thread when !thread.value().isEmpty() -> thread.value();
            case JsonValue _ ->
                    throw MatrixException.invalidParam("'thread_id' must be a non-empty string");
        };
    }
}
