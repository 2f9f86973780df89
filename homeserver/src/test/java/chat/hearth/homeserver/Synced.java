package chat.hearth.homeserver;

import chat.hearth.protocol.json.JsonObject;
import java.util.List;

/// An answer of `/sync`.
///
/// @param body its body
public record Synced(JsonObject body) {
    /// The token for the next one.
    public String next() {
        return body.string("next_batch").orElseThrow();
    }

    /// Whether a section such as `join` shows a room.
    public boolean has(String section, String room) {
        return body.object("rooms")
                .flatMap(rooms -> rooms.object(section))
                .flatMap(rooms -> rooms.object(room))
                .isPresent();
    }

    /// What a section such as `invite` shows of a room.
    public JsonObject in(String section, String room) {
        return body.object("rooms")
                .flatMap(rooms -> rooms.object(section))
                .flatMap(rooms -> rooms.object(room))
                .orElseThrow(() -> new AssertionError("No " + room + " in " + body));
    }

    /// What is shown of a joined room.
    public JsonObject joined(String room) {
        return in("join", room);
    }

    /// The events of a list such as `timeline` of a joined room.
    public List<JsonObject> events(String room, String list) {
        return events(joined(room), list);
    }

    /// The events of a list such as `timeline` of a room, or of one such as `presence` of an
    /// answer.
    public static List<JsonObject> events(JsonObject part, String list) {
        return part.object(list).orElseThrow().array("events").orElseThrow().values().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /// The types of events.
    public static List<String> types(List<JsonObject> events) {
        return events.stream().map(event -> event.string("type").orElseThrow()).toList();
    }

    /// The bodies of the messages in a joined room's timeline.
    public List<String> messages(String room) {
        return events(room, "timeline").stream()
                .filter(event -> event.string("type").orElseThrow().equals("m.room.message"))
                .map(event -> event.object("content").orElseThrow())
                .map(content -> content.string("body").orElseThrow())
                .toList();
    }

    /// How many messages of a joined room are unread.
    public long notifications(String room) {
        return count(room, "notification_count");
    }

    /// How many unread messages of a joined room mention the user.
    public long highlights(String room) {
        return count(room, "highlight_count");
    }

    private long count(String room, String which) {
        return joined(room)
                .object("unread_notifications")
                .orElseThrow()
                .integer(which)
                .orElseThrow();
    }
}
