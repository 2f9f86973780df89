package chat.hearth.protocol.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.sign.SignatureVerdict;
import chat.hearth.protocol.sign.SigningKey;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/// Whatever object comes in as an event of whatever room version, it is refused as a result, or can
/// be stored, redacted and checked.
class PduFuzzTest {
    private static final SigningKey KEY = new SigningKey("1", new byte[SigningKey.SEED_BYTES]);

    @FuzzTest
    void anyObjectIsAnEventOrRefused(byte[] bytes) {
        JsonObject object;
        try {
            object = JsonReader.readObject(bytes);
        } catch (JsonException notJson) {
            return;
        }
        for (RoomVersion version : RoomVersion.values()) {
            if (Pdu.parse(version, object) instanceof PduResult.Valid(Pdu pdu)) {
                assertUsable(pdu);
            }
        }
    }

    private static void assertUsable(Pdu pdu) {
        StoredForm stored = StoredForm.split(pdu.version().rules(), pdu.json());
        assertArrayEquals(CanonicalJson.lenientBytes(pdu.json()), stored.join());
        Pdu read = Pdu.ofStored(pdu.version(), pdu.eventId(), stored);
        assertEquals(pdu.redacted().json(), read.redacted().json());
        assertEquals(pdu.redacts(), read.redacts());
        assertEquals(pdu.hasOwnContentHash(), read.hasOwnContentHash());
        EventSignatures.requiredSigners(pdu)
                .forEach(
                        server -> {
                            SignatureVerdict verdict =
                                    EventSignatures.verify(
                                            pdu, server, _ -> Optional.of(KEY.verifyKey()));
                            assertEquals(
                                    verdict,
                                    EventSignatures.verify(
                                            read, server, _ -> Optional.of(KEY.verifyKey())));
                        });
    }
}
