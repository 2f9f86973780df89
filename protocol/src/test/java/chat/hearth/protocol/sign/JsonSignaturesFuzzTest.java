package chat.hearth.protocol.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/// Whatever stands in `signatures`, checking it gives a verdict; what we sign ourselves is right.
class JsonSignaturesFuzzTest {
    private static final SigningKey KEY = new SigningKey("1", new byte[SigningKey.SEED_BYTES]);

    @FuzzTest
    void anyObjectGetsAVerdict(byte[] bytes) {
        JsonObject object;
        try {
            object = JsonReader.readObject(bytes);
        } catch (JsonException notJson) {
            return;
        }
        VerifyKeys keys =
                id -> id.equals(KEY.keyId()) ? Optional.of(KEY.verifyKey()) : Optional.empty();
        JsonSignatures.verify(object, "s", keys);
        JsonSignatures.isSignedWith(object, object.string("public_key").orElse(""));
        JsonObject signed = new JsonSigner("s", KEY).sign(object);
        JsonObject fresh = object.without("signatures");
        assertEquals(
                new SignatureVerdict.Valid(),
                JsonSignatures.verify(new JsonSigner("s", KEY).sign(fresh), "s", keys));
        assertEquals(true, signed.has("signatures"));
    }
}
