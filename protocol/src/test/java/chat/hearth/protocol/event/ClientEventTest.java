package chat.hearth.protocol.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.protocol.room.RoomVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientEventTest {
    private static final EventId ID = new EventId("$id");
    private static final byte[] TOPIC =
            SampleEvents.pdu(
                            RoomVersion.V12,
                            SampleEvents.message(RoomVersion.V12)
                                    .with("type", new JsonString("m.room.topic"))
                                    .with("state_key", new JsonString(""))
                                    .with("content", JsonObject.of("topic", "a } \" \\ z")))
                    .storedForm()
                    .clientPart();

    private final JsonWriter out = new JsonWriter();

    @Test
    void syncHasNoRoomId() {
        ClientEvent.write(out, ID, TOPIC, new Unsigned());
        assertText(
                """
                {"content":{"topic":"a } \\" \\\\ z"},"origin_server_ts":1000,\
                "sender":"@alice:example.org","state_key":"","type":"m.room.topic",\
                "event_id":"$id"}""");
    }

    @Test
    void otherAnswersHaveRoomIdAndUnsigned() {
        var unsigned =
                new Unsigned()
                        .age(Duration.ofSeconds(2))
                        .membership("join")
                        .transactionId("t\"1")
                        .prevContentOf(TOPIC)
                        .member("m.relations", "{}".getBytes(StandardCharsets.UTF_8));
        ClientEvent.write(out, ID, SampleEvents.ROOM, TOPIC, unsigned);
        assertText(
                """
                {"content":{"topic":"a } \\" \\\\ z"},"origin_server_ts":1000,\
                "sender":"@alice:example.org","state_key":"","type":"m.room.topic",\
                "room_id":"!room:example.org","event_id":"$id",\
                "unsigned":{"age":2000,"membership":"join","transaction_id":"t\\"1",\
                "prev_content":{"topic":"a } \\" \\\\ z"},"m.relations":{}}}""");
    }

    @Test
    void strippedStateHasFourMembers() {
        ClientEvent.writeStripped(out, TOPIC);
        assertText(
                """
                {"content":{"topic":"a } \\" \\\\ z"},"sender":"@alice:example.org",\
                "state_key":"","type":"m.room.topic"}""");
    }

    private void assertText(String expected) {
        String text = new String(out.toBytes(), StandardCharsets.UTF_8);
        assertEquals(expected, text);
        JsonReader.readObject(text);
    }
}
