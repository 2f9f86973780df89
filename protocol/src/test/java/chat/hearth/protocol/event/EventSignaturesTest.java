package chat.hearth.protocol.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.sign.JsonSigner;
import chat.hearth.protocol.sign.SignatureVerdict;
import chat.hearth.protocol.sign.SigningKey;
import chat.hearth.protocol.sign.VerifyKeys;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventSignaturesTest {
    private static final SigningKey KEY = new SigningKey("a", new byte[SigningKey.SEED_BYTES]);
    private static final ServerName SERVER = new ServerName("example.org");
    private static final VerifyKeys KEYS =
            id -> id.equals(KEY.keyId()) ? Optional.of(KEY.verifyKey()) : Optional.empty();

    @ParameterizedTest
    @EnumSource
    void aSignatureCoversTheRedactedEventAndNotItsId(RoomVersion version) {
        Pdu event = SampleEvents.pdu(version, SampleEvents.message(version));
        Pdu signed = EventSignatures.sign(event, new JsonSigner(SERVER.value(), KEY));
        assertEquals(event.eventId(), SampleEvents.pdu(version, signed.json()).eventId());
        assertEquals(new SignatureVerdict.Valid(), verify(signed));
        assertEquals(new SignatureVerdict.Valid(), verify(signed.redacted()));
        assertEquals(new SignatureVerdict.Valid(), verify(altered(signed, "content")));
        assertEquals(new SignatureVerdict.Wrong("ed25519:a"), verify(altered(signed, "depth")));
    }

    private static SignatureVerdict verify(Pdu event) {
        return EventSignatures.verify(event, SERVER, KEYS);
    }

    private static Pdu altered(Pdu event, String member) {
        JsonObject json =
                member.equals("content")
                        ? event.json().with("content", JsonObject.of("body", "Goodbye"))
                        : JsonObject.builder().putAll(event.json()).put(member, 8).build();
        return SampleEvents.pdu(event.version(), json);
    }

    @Test
    void aSignatureIsAddedToThoseOfOtherServers() {
        Pdu event = SampleEvents.pdu(RoomVersion.V12, SampleEvents.message(RoomVersion.V12));
        Pdu signed = EventSignatures.sign(event, new JsonSigner("other.example", KEY));
        assertEquals(
                List.of("example.org", "other.example"), List.copyOf(signed.signatures().names()));
        assertInstanceOf(SignatureVerdict.UnknownKeys.class, verify(signed));
    }

    @ParameterizedTest
    @CsvSource({
        "V1, '{\"membership\":\"join\"}', 'example.org chosen.example'",
        "V3, '{\"membership\":\"join\"}', 'example.org'",
        "V7, '{\"membership\":\"join\",\"join_authorised_via_users_server\":\"@b:b.example\"}', 'example.org'",
        "V8, '{\"membership\":\"join\",\"join_authorised_via_users_server\":\"@b:b.example\"}', 'example.org b.example'",
        "V8, '{\"membership\":\"leave\",\"join_authorised_via_users_server\":\"@b:b.example\"}', 'example.org'",
        "V12, '{\"membership\":\"invite\",\"third_party_invite\":{}}', ''",
        "V2, '{\"membership\":\"invite\",\"third_party_invite\":{}}', 'chosen.example'",
        "V12, '{\"membership\":\"join\",\"third_party_invite\":{}}', 'example.org'",
    })
    void someServersMustHaveSigned(RoomVersion version, String content, String expected) {
        JsonObject event =
                SampleEvents.message(version)
                        .with("type", new JsonString("m.room.member"))
                        .with("content", JsonReader.readObject(content));
        if (SampleEvents.choosesIds(version)) {
            event = event.with("event_id", new JsonString("$c:chosen.example"));
        }
        List<String> signers =
                EventSignatures.requiredSigners(SampleEvents.pdu(version, event)).stream()
                        .map(ServerName::value)
                        .toList();
        assertEquals(expected, String.join(" ", signers));
    }
}
