package chat.hearth.homeserver.sync;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// An answer of `/sync`, and the short words of tests for what is in it.
record SyncAnswer(JsonObject body) {
    static final String JOIN = "join";
    static final String INVITE = "invite";
    static final String KNOCK = "knock";
    static final String LEAVE = "leave";

    String next() {
        return body.string("next_batch").orElseThrow();
    }

    /// Whether a section has a room.
    boolean has(String section, String room) {
        return find(section, room).isPresent();
    }

    private Optional<JsonObject> find(String section, String room) {
        return body.object("rooms")
                .flatMap(rooms -> rooms.object(section))
                .flatMap(rooms -> rooms.object(room));
    }

    /// A room of a section.
    JsonObject in(String section, String room) {
        return find(section, room)
                .orElseThrow(() -> new AssertionError("No " + room + " there in " + body));
    }

    /// The events of a list such as `timeline` of a room.
    List<JsonObject> events(String section, String room, String list) {
        return events(in(section, room), list);
    }

    /// The users who are told to be typing in a joined room.
    List<String> typing(String room) {
        return only(events(JOIN, room, "ephemeral"), "m.typing")
                .object("content")
                .flatMap(content -> content.array("user_ids"))
                .flatMap(users -> users.strings())
                .orElseThrow();
    }

    /// The events of a list of the whole answer, such as `presence`.
    List<JsonObject> events(String list) {
        return events(body, list);
    }

    private static List<JsonObject> events(JsonObject holder, String list) {
        return holder
                .object(list)
                .flatMap(each -> each.array("events"))
                .orElse(JsonArray.EMPTY)
                .values()
                .stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /// The timeline of a joined room.
    List<JsonObject> timeline(String room) {
        return events(JOIN, room, "timeline");
    }

    boolean isLimited(String room) {
        return in(JOIN, room).object("timeline").flatMap(t -> t.bool("limited")).orElseThrow();
    }

    String prevBatch(String room) {
        return in(JOIN, room).object("timeline").flatMap(t -> t.string("prev_batch")).orElseThrow();
    }

    static List<String> types(List<JsonObject> events) {
        return events.stream().map(event -> event.string("type").orElseThrow()).toList();
    }

    /// The users whose membership is among these events, sorted.
    static List<String> members(List<JsonObject> events) {
        return events.stream()
                .filter(event -> event.string("type").orElseThrow().equals("m.room.member"))
                .map(event -> event.string("state_key").orElseThrow())
                .sorted()
                .toList();
    }

    /// The texts of the messages among these events.
    static List<String> texts(List<JsonObject> events) {
        return events.stream()
                .filter(event -> event.string("type").orElseThrow().equals("m.room.message"))
                .map(event -> event.object("content").flatMap(c -> c.string("body")).orElse(""))
                .toList();
    }

    /// The only event of a type.
    static JsonObject only(List<JsonObject> events, String type) {
        List<JsonObject> found =
                events.stream()
                        .filter(event -> event.string("type").orElseThrow().equals(type))
                        .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " events of type " + type + " in " + events);
        }
        return found.getFirst();
    }

    /// A member of an event's `unsigned`.
    static Optional<String> unsigned(JsonObject event, String name) {
        return event.object("unsigned").flatMap(unsigned -> unsigned.string(name));
    }

    /// The notification count of a joined room, or of one of its threads.
    long count(String room, String... path) {
        JsonObject holder = in(JOIN, room);
        for (String name : path) {
            holder = holder.object(name).orElse(JsonObject.EMPTY);
        }
        return holder.integer("notification_count").orElse(-1L);
    }
}
