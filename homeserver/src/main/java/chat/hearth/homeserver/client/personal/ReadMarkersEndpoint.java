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
import chat.hearth.rooms.receipt.Mark;
import chat.hearth.rooms.receipt.ReadReceipts;
import chat.hearth.rooms.receipt.ReceiptType;

import java.util.ArrayList;
import java.util.List;

/// `POST /_matrix/client/v3/rooms/{roomId}/read_markers`.
///
/// See [Fully read markers](https://spec.matrix.org/v1.19/client-server-api/#fully-read-markers).
final class ReadMarkersEndpoint {
    private final ReadReceipts receipts;

    ReadMarkersEndpoint(ReadReceipts receipts) {
        this.receipts = receipts;
    }

    List<Route> routes() {
        return List.of(
                Route.post(Own.V3 + "/rooms/{roomId}/read_markers", this::post)
                        .withBodyLimit(Route.SMALL_BODY_BYTES_MAX));
    }

    private Response post(Request request) {
        Requester requester = request.requester();
        JsonObject body = request.json();
        List<Mark> marks = new ArrayList<>();
        for (ReceiptType type : ReceiptType.values()) {
            JsonValue event = body.value(type.wireName());
            if (event != null) {
                marks.add(Mark.of(type, event(type, event)));
            }
        }
        receipts.mark(requester.userId(), requester.user(), Own.room(request), marks);
        return Response.empty();
    }

    private static EventId event(ReceiptType type, JsonValue value) {
        if (!(value instanceof JsonString text)) {
            throw MatrixException.badJson("'" + type.wireName() + "' must be a string");
        }
        return EventId.parse(text.value())
                .orElseThrow(
                        () ->
                                MatrixException.invalidParam(
                                        "'" + type.wireName() + "' must be an event id"));
    }
}
