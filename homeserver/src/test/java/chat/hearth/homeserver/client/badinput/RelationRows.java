package chat.hearth.homeserver.client.badinput;

import chat.hearth.homeserver.TestClient;
import java.util.ArrayList;
import java.util.List;

/// What relates to other events: reactions that come twice, and threads that begin where none can.
///
/// See [avoiding duplicate
/// annotations](https://spec.matrix.org/v1.19/client-server-api/#avoiding-duplicate-annotations)
/// and [validation of
/// threads](https://spec.matrix.org/v1.19/client-server-api/#validation-of-mthread-relationships).
final class RelationRows {
    private static final String DUPLICATE = "M_DUPLICATE_ANNOTATION";

    /// Longer than what an index takes.
    private static final String LONG = "k".repeat(300);

    private RelationRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(annotations());
        rows.addAll(threads());
        return rows;
    }

    private static List<Row> annotations() {
        String vote = "org.example.vote";
        return List.of(
                reaction("by the same key in another kind of event", vote, "\"♥\"").isFine(),
                reaction("by the same key in that kind of event", vote, "\"♥\"").is(400, DUPLICATE),
                reaction("by a long key", vote, quoted(LONG + "a")).isFine(),
                reaction("by another long key", vote, quoted(LONG + "b")).isFine(),
                reaction("by the first long key again", vote, quoted(LONG + "a"))
                        .is(400, DUPLICATE),
                reaction("without a key", vote, "null").isFine(),
                reaction("without a key again", vote, "null").isFine(),
                reaction("with a number for a key", vote, "1").isFine(),
                reaction("by an empty key", vote, "\"\"").isFine(),
                reaction("by an empty key again", vote, "\"\"").is(400, DUPLICATE));
    }

    private static String quoted(String key) {
        return "\"" + key + "\"";
    }

    private static Row reaction(String what, String type, String key) {
        String path = "rooms/$room/send/" + type + "/" + Integer.toHexString(what.hashCode());
        return Row.of("C60", "a reaction " + what)
                .by("bob")
                .put(path, Rows.HEART.replace("\"♥\"", key));
    }

    private static List<Row> threads() {
        return List.of(
                thread("a plain message", "{\"body\":\"root\"}").isFine(),
                thread("a reply", relating("{\"m.in_reply_to\":{\"event_id\":\"$event\"}}"))
                        .isFine(),
                thread("a message of a thread", relating(to("m.thread"))).is(400, "M_UNKNOWN"),
                thread("an edit", relating(to("m.replace"))).is(400, "M_UNKNOWN"),
                thread("a reference", relating(to("m.reference"))).is(400, "M_UNKNOWN"),
                thread("an unknown relation", relating(to("org.example.other")))
                        .is(400, "M_UNKNOWN"),
                thread("a relation to nothing that is known", relating(to("m.thread", "$gone")))
                        .is(400, "M_UNKNOWN"));
    }

    private static String relating(String relation) {
        return "{\"body\":\"root\",\"m.relates_to\":" + relation + "}";
    }

    private static String to(String relType) {
        return to(relType, "$event");
    }

    private static String to(String relType, String event) {
        return "{\"rel_type\":\"%s\",\"event_id\":\"%s\"}".formatted(relType, event);
    }

    /// Starts a thread at an event with this content.
    private static Row thread(String what, String content) {
        return Row.of("C60", "a thread that begins at " + what)
                .once(
                        scene -> {
                            TestClient bob = scene.user("bob");
                            String room = scene.spelledOut("$room");
                            scene.name("$root", bob.send(room, scene.spelledOut(content)));
                        })
                .by("bob")
                .put(
                        "rooms/$room/send/m.room.message/" + Integer.toHexString(what.hashCode()),
                        relating(to("m.thread", "$root")));
    }
}
