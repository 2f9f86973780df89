package chat.hearth.protocol.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.room.RoomVersion;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredFormTest {
    private static final long SEED = 20_261_122;

    @ParameterizedTest
    @EnumSource
    void joiningGivesBackTheCanonicalEvent(RoomVersion version) {
        var random = new Random(SEED);
        for (int i = 0; i < 150; i++) {
            JsonObject event = SampleEvents.any(version, random);
            if (Pdu.parse(version, event) instanceof PduResult.Valid(Pdu pdu)) {
                assertJoins(pdu, i);
                assertJoins(pdu.redacted(), i);
            }
        }
    }

    private static void assertJoins(Pdu pdu, int i) {
        String canonical = text(CanonicalJson.bytes(pdu.json()));
        StoredForm stored = StoredForm.split(pdu.version().rules(), pdu.json());
        assertEquals(canonical, text(stored.join()), () -> "seed " + SEED + " round " + i);
        Pdu read = Pdu.ofStored(pdu.version(), pdu.eventId(), stored);
        assertEquals(pdu.json(), read.json());
        assertEquals(pdu.roomId(), read.roomId());
        assertFalse(JsonReader.readObject(stored.clientPart()).has("room_id"));
    }

    @Test
    void theClientPartHoldsWhatClientsSee() {
        StoredForm stored =
                SampleEvents.pdu(RoomVersion.V12, SampleEvents.message(RoomVersion.V12))
                        .storedForm();
        assertEquals(
                """
                {"content":{"body":"Hello"},"origin_server_ts":1000,\
                "sender":"@alice:example.org","type":"m.room.message"}""",
                text(stored.clientPart()));
    }

    @Test
    void oldRedactionsAlsoNameTheirTargetInTheContent() {
        JsonObject redaction =
                SampleEvents.message(RoomVersion.V10)
                        .with("type", new JsonString("m.room.redaction"))
                        .with("content", JsonObject.of("reason", "spam"))
                        .with("redacts", new JsonString("$target"));
        assertEquals(
                """
                {"content":{"reason":"spam","redacts":"$target"},"origin_server_ts":1000,\
                "redacts":"$target","sender":"@alice:example.org","type":"m.room.redaction"}""",
                text(SampleEvents.pdu(RoomVersion.V10, redaction).storedForm().clientPart()));
    }

    @Test
    void newRedactionsAlsoNameTheirTargetAtTheTop() {
        JsonObject redaction =
                SampleEvents.message(RoomVersion.V11)
                        .with("type", new JsonString("m.room.redaction"))
                        .with("content", JsonObject.of("redacts", "$target"))
                        .with("redacts", new JsonString("$lie"));
        assertEquals(
                """
                {"content":{"redacts":"$target"},"origin_server_ts":1000,\
                "redacts":"$target","sender":"@alice:example.org","type":"m.room.redaction"}""",
                text(SampleEvents.pdu(RoomVersion.V11, redaction).storedForm().clientPart()));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
