package chat.hearth.protocol.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSignaturesTest {
    private static final SigningKey KEY = new SigningKey("k_1", new byte[SigningKey.SEED_BYTES]);
    private static final VerifyKeys KEYS =
            id -> id.equals("ed25519:k_1") ? Optional.of(KEY.verifyKey()) : Optional.empty();
    private static final JsonObject SIGNED =
            new JsonSigner("s", KEY).sign(JsonObject.of("name", "日"));
    private static final String SIGNATURE = signature(SIGNED);

    @Test
    void unsignedAndFurtherSignaturesAreNotSigned() {
        JsonObject more =
                new JsonSigner("t", KEY).sign(SIGNED).with("unsigned", JsonObject.of("age", "1"));
        assertEquals(new SignatureVerdict.Valid(), JsonSignatures.verify(more, "s", KEYS));
        assertEquals(new SignatureVerdict.Valid(), JsonSignatures.verify(more, "t", KEYS));
    }

    @Test
    void anythingElseIsSigned() {
        JsonObject changed = JsonObject.builder().putAll(SIGNED).put("name", "月").build();
        assertEquals(
                new SignatureVerdict.Wrong("ed25519:k_1"),
                JsonSignatures.verify(changed, "s", KEYS));
    }

    @Test
    void oneWrongSignatureSpoilsARightOne() {
        JsonObject two =
                with("{\"ed25519:k_1\":\"" + SIGNATURE + "\",\"ed25519:z\":\"" + SIGNATURE + "\"}");
        VerifyKey other =
                new SigningKey("z", "z".repeat(32).getBytes(StandardCharsets.UTF_8)).verifyKey();
        VerifyKeys both = id -> Optional.of(id.endsWith("z") ? other : KEY.verifyKey());
        assertEquals(
                new SignatureVerdict.Wrong("ed25519:z"), JsonSignatures.verify(two, "s", both));
        assertEquals(new SignatureVerdict.Valid(), JsonSignatures.verify(two, "s", KEYS));
    }

    @Test
    void unknownKeysAreNamed() {
        assertEquals(
                new SignatureVerdict.UnknownKeys(List.of("ed25519:k_1")),
                JsonSignatures.verify(SIGNED, "s", _ -> Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"signatures\":[]}",
                "{\"signatures\":{}}",
                "{\"signatures\":{\"s\":null}}",
                "{\"signatures\":{\"s\":{}}}",
                "{\"signatures\":{\"S\":{\"ed25519:k_1\":\"\"}}}",
                "{\"signatures\":{\"s\":{\"rsa:k_1\":\"AAAA\"}}}"
            })
    void noSignatureIsMissing(String json) {
        assertEquals(
                new SignatureVerdict.Missing(),
                JsonSignatures.verify(JsonReader.readObject(json), "s", KEYS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "%", " ", "\\n", "====", "-_-_"})
    void whatIsNoSignatureIsWrong(String text) {
        assertWrong("\"" + text + "\"");
        assertWrong("\"" + text + SIGNATURE + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "{}", "[]", "true"})
    void aSignatureMustBeAString(String json) {
        assertWrong(json);
    }

    @Test
    void paddingIsAccepted() {
        JsonObject padded = with("{\"ed25519:k_1\":\"" + SIGNATURE + "==\"}");
        assertTrue(JsonSignatures.verify(padded, "s", KEYS).isValid());
    }

    /// Adding the group's order to the scalar gives a second signature of the same message, which
    /// RFC 8032 refuses.
    @Test
    void aSignatureCannotBeChangedIntoAnotherOne() {
        byte[] bytes = UnpaddedBase64.decode(SIGNATURE).orElseThrow();
        var order =
                BigInteger.TWO
                        .pow(252)
                        .add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] scalar = new byte[33];
        for (int i = 0; i < 32; i++) {
            scalar[32 - i] = bytes[32 + i];
        }
        byte[] sum = new BigInteger(scalar).add(order).toByteArray();
        for (int i = 0; i < 32; i++) {
            bytes[32 + i] = i < sum.length ? sum[sum.length - 1 - i] : 0;
        }
        assertWrong("\"" + UnpaddedBase64.encode(bytes) + "\"");
    }

    @Test
    void keysHaveTheirLengthAndStandForAPoint() {
        assertTrue(VerifyKey.of(KEY.verifyKey().encoded()).isPresent());
        assertTrue(VerifyKey.of(new byte[31]).isEmpty());
        assertTrue(VerifyKey.of(new byte[33]).isEmpty());
        byte[] noPoint = new byte[32];
        noPoint[0] = 2;
        assertTrue(VerifyKey.of(noPoint).isEmpty());
    }

    @Test
    void anyKeyOfAThirdPartyMaySign() {
        String key = KEY.verifyKey().base64();
        assertTrue(JsonSignatures.isSignedWith(SIGNED, key));
        assertTrue(JsonSignatures.isSignedWith(SIGNED, key.replace('+', '-').replace('/', '_')));
        assertFalse(JsonSignatures.isSignedWith(SIGNED, "A".repeat(43)));
        assertFalse(JsonSignatures.isSignedWith(SIGNED, "?"));
        assertFalse(JsonSignatures.isSignedWith(with("{\"ed25519:x\":7}"), key));
    }

    @Test
    void aKeyIsKeptAsOneLine() {
        SigningKey read = SigningKey.parse(" " + KEY.text() + "\n").orElseThrow();
        assertEquals(KEY.keyId(), read.keyId());
        assertEquals(KEY.verifyKey(), read.verifyKey());
        assertFalse(KEY.toString().contains("AAAA"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ed25519 a",
                "ed25519 a AAAA",
                "rsa a AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "ed25519 a:b AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "ed25519 a AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA more"
            })
    void aLineThatIsNoKeyIsRefused(String line) {
        assertTrue(SigningKey.parse(line).isEmpty());
    }

    @Test
    void aKeyVersionIsPlain() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SigningKey("a:b", new byte[SigningKey.SEED_BYTES]));
        assertThrows(IllegalArgumentException.class, () -> new SigningKey("a", new byte[31]));
    }

    private static void assertWrong(String signature) {
        assertEquals(
                new SignatureVerdict.Wrong("ed25519:k_1"),
                JsonSignatures.verify(with("{\"ed25519:k_1\":" + signature + "}"), "s", KEYS));
    }

    private static JsonObject with(String signatures) {
        JsonObject own = JsonReader.readObject(signatures);
        return SIGNED.with("signatures", JsonObject.builder().put("s", own).build());
    }

    private static String signature(JsonObject signed) {
        return signed.object("signatures")
                .flatMap(all -> all.object("s"))
                .flatMap(own -> own.string("ed25519:k_1"))
                .orElseThrow();
    }
}
