package chat.hearth.protocol.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.sign.JsonSignatures;
import chat.hearth.protocol.sign.JsonSigner;
import chat.hearth.protocol.sign.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The [cryptographic test
/// vectors](https://spec.matrix.org/v1.19/appendices/#cryptographic-test-vectors) of the
/// specification.
class SpecSigningVectorsTest {
    private static final SigningKey KEY =
            SigningKey.parse("ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1").orElseThrow();
    private static final JsonSigner SIGNER = new JsonSigner("domain", KEY);

    @ParameterizedTest
    @ValueSource(strings = {"json-empty", "json-values"})
    void jsonIsSignedAsInTheSpecification(String name) throws IOException {
        JsonObject signed = read(name + "-signed");
        assertEquals(signed, SIGNER.sign(read(name)));
        assertTrue(
                JsonSignatures.verify(signed, "domain", _ -> Optional.of(KEY.verifyKey()))
                        .isValid());
    }

    /// These events lack members that a real one has, so they are no [Pdu].
    @ParameterizedTest
    @ValueSource(strings = {"event-minimal", "event-redactable"})
    void eventsAreHashedAndSignedAsInTheSpecification(String name) throws IOException {
        JsonObject hashed = ContentHash.addTo(read(name));
        JsonObject redacted = Redaction.redact(RoomVersion.V1.rules(), hashed);
        JsonObject signed =
                hashed.with("signatures", SIGNER.sign(redacted).object("signatures").orElseThrow());
        assertEquals(read(name + "-signed"), signed);
        assertTrue(ContentHash.matches(signed));
    }

    private static JsonObject read(String name) throws IOException {
        String file = "/spec-vectors/" + name + ".json";
        try (InputStream in =
                Objects.requireNonNull(SpecSigningVectorsTest.class.getResourceAsStream(file))) {
            return JsonReader.readObject(in.readAllBytes());
        }
    }
}
