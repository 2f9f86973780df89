package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.protocol.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a room shows to those who were in it: all that they could see then, and nothing that came
/// afterwards. See [Room history
/// visibility](https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility).
final class LeftRoomTest extends AliceAndBob {
    private String room;

    @BeforeEach
    void makeTheRoom() {
        room =
                alice.createRoom(
                        """
                        {"preset": "public_chat", "name": "old", "room_alias_name": "the-room"}
                        """);
        bob.join(room);
    }

    private String event(String id) {
        return bob.get(in(room, "event/" + encoded(id))).toString();
    }

    private String context(String id) {
        return bob.get(in(room, "context/" + encoded(id))).toString();
    }

    private String bobsHistory() {
        return bob.get(in(room, "messages?dir=b&limit=100")).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "joined"})
    void whyAnEventWasRedactedAfterTheLeavingIsNotSaid(String visibility) {
        alice.state(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", visibility).toString());
        String topic = alice.state(room, "m.room.topic", "", "{\"topic\":\"t\"}");
        String before = alice.say(room, "before");
        redact(before, "said while bob was there");
        String after = alice.say(room, "after");
        bob.leave(room);
        redact(after, "hidden");
        redact(topic, "hidden");

        String state = bob.get(in(room, "state")).toString();
        for (String shown : new String[] {bobsHistory(), event(after), context(after), state}) {
            assertFalse(shown.contains("hidden"), shown);
        }
        assertTrue(event(before).contains("said while bob was there"));
        assertTrue(
                alice.get(in(room, "event/" + encoded(after))).toString().contains("hidden"),
                "those who are there are told why");
    }

    private void redact(String event, String reason) {
        alice.put(
                in(room, "redact/" + encoded(event) + "/" + encoded(event)),
                JsonObject.of("reason", reason).toString());
    }
}
