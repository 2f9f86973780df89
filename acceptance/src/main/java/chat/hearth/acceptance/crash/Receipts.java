package chat.hearth.acceptance.crash;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/// Reads `m.receipt` out of a sync answer.
final class Receipts {

    private Receipts() {}

    /// For each user the event of the `m.read` receipt in `room`.
    static Map<String, String> readUpTo(JsonObject sync, String room) {
        JsonArray events =
                sync.object("rooms")
                        .flatMap(rooms -> rooms.object("join"))
                        .flatMap(joined -> joined.object(room))
                        .flatMap(joinedRoom -> joinedRoom.object("ephemeral"))
                        .flatMap(ephemeral -> ephemeral.array("events"))
                        .orElse(JsonArray.EMPTY);
        Map<String, String> readUpTo = new HashMap<>();
        for (var value : events) {
            if (value instanceof JsonObject event
                    && event.string("type").orElse("").equals("m.receipt")) {
                collect(event.object("content").orElse(JsonObject.EMPTY), readUpTo);
            }
        }
        return readUpTo;
    }

    private static void collect(JsonObject content, Map<String, String> readUpTo) {
        for (String eventId : content.names()) {
            JsonObject users =
                    content.object(eventId)
                            .flatMap(kinds -> kinds.object("m.read"))
                            .orElse(JsonObject.EMPTY);
            for (String user : users.names()) {
                readUpTo.put(user, eventId);
            }
        }
    }
}
