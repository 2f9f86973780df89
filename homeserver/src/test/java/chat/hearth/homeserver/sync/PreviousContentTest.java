package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A state event shows what it replaced to those who may see that event.
final class PreviousContentTest extends SyncOnBothDatabases {
    @Test
    void whatWasReplacedIsShownOnlyToWhoMaySeeIt() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        visibility(alice, room, "joined");
        topic(alice, room, "secret");
        visibility(alice, room, "shared");
        String open = topic(alice, room, "open");
        bob.join(room);
        topic(alice, room, "later");

        List<JsonObject> seen = topics(bob.sync("").timeline(room));

        assertEquals(List.of("", "open"), seen.stream().map(event -> before(event)).toList());
        assertEquals(
                List.of("", "secret", "open"),
                topics(alice.sync("").timeline(room)).stream()
                        .map(event -> before(event))
                        .toList());
        JsonObject alone =
                bob.client().get(TestClient.in(room, "event/" + TestHearth.encoded(open))).body();
        assertFalse(alone.toString().contains("secret"), alone::toString);
        assertFalse(bob.sync("").in(JOIN, room).toString().contains("secret"));
    }

    @Test
    void whoIsThereKnowsTheStateThoughItWasMadeBefore() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        visibility(alice, room, "joined");
        topic(alice, room, "from before");
        bob.join(room);
        topic(alice, room, "later");

        SyncAnswer seen = bob.sync("");

        assertEquals(
                List.of("from before", "later"),
                Stream.of("state", "timeline")
                        .flatMap(list -> topics(seen.events(JOIN, room, list)).stream())
                        .map(event -> event.object("content").orElseThrow())
                        .map(content -> content.string("topic").orElseThrow())
                        .toList());
    }

    private static void visibility(SyncUser user, String room, String visibility) {
        user.state(
                room,
                "m.room.history_visibility",
                "",
                "{\"history_visibility\":\"%s\"}".formatted(visibility));
    }

    private static String topic(SyncUser user, String room, String topic) {
        return user.state(room, "m.room.topic", "", "{\"topic\":\"%s\"}".formatted(topic));
    }

    private static List<JsonObject> topics(List<JsonObject> events) {
        return events.stream()
                .filter(event -> event.string("type").equals(Optional.of("m.room.topic")))
                .toList();
    }

    /// The topic that an event replaced, as far as it tells.
    private static String before(JsonObject event) {
        return event.object("unsigned")
                .flatMap(unsigned -> unsigned.object("prev_content"))
                .flatMap(content -> content.string("topic"))
                .orElse("");
    }
}
