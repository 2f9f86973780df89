package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;

/// The directory shows what rooms say, and no longer what was redacted of it.
final class RedactedDirectoryTest extends AliceAndBob {
    @Test
    void aNameThatIsRedactedIsNotInTheDirectory() {
        String room = alice.createRoom("{\"visibility\":\"public\",\"preset\":\"public_chat\"}");
        String named = alice.state(room, "m.room.name", "", "{\"name\":\"insult\"}");
        assertTrue(directory().contains("insult"));

        alice.put(in(room, "redact/" + encoded(named) + "/txn"), "{}");

        assertTrue(directory().contains(room));
        assertFalse(directory().contains("insult"));
    }

    /// Not every redaction comes from a client of this server.
    @Test
    void itDoesNotMatterWhereTheRedactionComesFrom() {
        String room = alice.createRoom("{\"visibility\":\"public\",\"preset\":\"public_chat\"}");
        String topic = alice.state(room, "m.room.topic", "", "{\"topic\":\"insult\"}");
        assertTrue(directory().contains("insult"));

        server.engine()
                .pipeline()
                .send(
                        new RoomId(room),
                        EventDraft.redaction(
                                new UserId(alice.userId()), new EventId(topic), JsonObject.EMPTY),
                        null);

        assertFalse(directory().contains("insult"));
    }

    /// What is no longer in the room's state says nothing of the room.
    @Test
    void whatWasReplacedBeforeIsRedactedWithoutAnyoneReadingTheRoomAnew() {
        String room = alice.createRoom("{\"visibility\":\"public\",\"preset\":\"public_chat\"}");
        String old = alice.state(room, "m.room.topic", "", "{\"topic\":\"old\"}");
        alice.state(room, "m.room.topic", "", "{\"topic\":\"new\"}");
        long version = version(room);

        alice.put(in(room, "redact/" + encoded(old) + "/txn"), "{}");

        assertEquals(version, version(room));
        assertTrue(directory().contains("new"));
    }

    private long version(String room) {
        return server.stores().rooms().find(new RoomId(room)).orElseThrow().currentState();
    }

    private String directory() {
        return bob.get("publicRooms").body().toString();
    }
}
