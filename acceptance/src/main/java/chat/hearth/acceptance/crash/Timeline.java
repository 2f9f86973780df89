package chat.hearth.acceptance.crash;

import static chat.hearth.acceptance.wire.Account.V3;
import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.acceptance.wire.Connection;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/// Reads a room's events in order through `/messages`.
final class Timeline {

    private static final int PAGE = 1000;

    private Timeline() {}

    /// One event as a client sees it.
    ///
    /// @param eventId its id
    /// @param tag what the writer marked it with, empty for an event of nobody's load
    record Seen(String eventId, String tag) {

        static Seen of(JsonObject event) {
            JsonObject content = event.object("content").orElse(JsonObject.EMPTY);
            String tag =
                    content.string("tag")
                            .or(() -> content.string("body"))
                            .or(() -> content.string("reason"))
                            .orElse("");
            return new Seen(event.string("event_id").orElseThrow(), tag);
        }
    }

    /// The events of `chunk` in its order.
    static List<Seen> read(JsonArray chunk) {
        List<Seen> seen = new ArrayList<>(chunk.size());
        for (var value : chunk) {
            if (value instanceof JsonObject event) {
                seen.add(Seen.of(event));
            }
        }
        return seen;
    }

    /// The events before `from` (before now when empty), back to the first that is `known` or to
    /// the room's beginning, oldest first and without the known one.
    static List<Seen> back(
            Connection connection, String roomId, String from, Predicate<String> known)
            throws IOException {
        List<Seen> newestFirst = new ArrayList<>();
        String token = from;
        while (true) {
            String target = V3 + "/rooms/" + escape(roomId) + "/messages?dir=b&limit=" + PAGE;
            target = token.isEmpty() ? target : target + "&from=" + escape(token);
            JsonObject page = connection.get(target).expectOk("messages");
            for (Seen seen : read(page.array("chunk").orElse(JsonArray.EMPTY))) {
                if (known.test(seen.eventId())) {
                    return reversed(newestFirst);
                }
                newestFirst.add(seen);
            }
            String end = page.string("end").orElse("");
            if (end.isEmpty()) {
                return reversed(newestFirst);
            }
            token = end;
        }
    }

    private static List<Seen> reversed(List<Seen> newestFirst) {
        Collections.reverse(newestFirst);
        return newestFirst;
    }
}
