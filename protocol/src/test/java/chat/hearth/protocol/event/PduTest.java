package chat.hearth.protocol.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonDecimal;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersion;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PduTest {
    private static final List<String> REQUIRED =
            List.of(
                    "auth_events",
                    "content",
                    "depth",
                    "hashes",
                    "origin_server_ts",
                    "prev_events",
                    "room_id",
                    "sender",
                    "signatures",
                    "type");

    @ParameterizedTest
    @EnumSource
    void everyMemberOfTheFormatMustBeThere(RoomVersion version) {
        JsonObject event = SampleEvents.message(version);
        assertInstanceOf(PduResult.Valid.class, Pdu.parse(version, event));
        for (String name : REQUIRED) {
            assertRefused(PduFault.MALFORMED, version, event.without(name));
        }
        assertEquals(
                SampleEvents.choosesIds(version),
                Pdu.parse(version, event.without("event_id")) instanceof PduResult.Refused);
    }

    @ParameterizedTest
    @EnumSource
    void noMemberOfTheFormatMayHaveAnotherType(RoomVersion version) {
        JsonObject event = SampleEvents.message(version).with("state_key", new JsonString(""));
        for (String name : event.names()) {
            JsonValue right = JsonReader.readObject(event.toString()).value(name);
            for (JsonValue wrong :
                    List.of(
                            json("null"),
                            json("true"),
                            json("1"),
                            json("\"x\""),
                            json("[7]"),
                            json("{\"a\":1}"))) {
                if (!wrong.getClass().equals(right == null ? null : right.getClass())) {
                    assertRefused(PduFault.MALFORMED, version, event.with(name, wrong));
                }
            }
        }
        assertRefused(PduFault.MALFORMED, version, event.with("unsigned", json("[]")));
    }

    static Stream<String> malformedMembers() {
        return Stream.of(
                "{\"depth\":-1}",
                "{\"depth\":9007199254740992}",
                "{\"depth\":1.0}",
                "{\"depth\":\"5\"}",
                "{\"origin_server_ts\":1e3}",
                "{\"sender\":\"alice\"}",
                "{\"sender\":\"@alice\"}",
                "{\"sender\":\"@alice:\"}",
                "{\"room_id\":\"room\"}",
                "{\"room_id\":\"#room:x\"}",
                "{\"prev_events\":[\"prev\"]}",
                "{\"prev_events\":[null]}",
                "{\"auth_events\":[\"@x:y\"]}",
                "{\"auth_events\":[[\"$x\",{}]]}",
                "{\"hashes\":{}}",
                "{\"hashes\":{\"sha256\":1}}",
                "{\"signatures\":{\"x\":\"y\"}}",
                "{\"signatures\":{\"x\":{\"y\":null}}}");
    }

    @ParameterizedTest
    @MethodSource("malformedMembers")
    void malformedMembersAreRefused(String member) {
        assertRefused(PduFault.MALFORMED, RoomVersion.V12, changed(RoomVersion.V12, member));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[\"$x:y\"]",
                "[[]]",
                "[[\"$x:y\"]]",
                "[[\"$x:y\",\"hash\"]]",
                "[[\"x\",{}]]",
                "[[7,{}]]",
                "[[\"$x:y\",{},{}]]"
            })
    void oldEdgesArePairs(String edges) {
        assertRefused(
                PduFault.MALFORMED,
                RoomVersion.V2,
                changed(RoomVersion.V2, "{\"prev_events\":" + edges + "}"));
    }

    @ParameterizedTest
    @CsvSource({"$x", "x:y", "$x:", "$x:a b", "$x:y:z"})
    void oldIdsNameTheirServer(String id) {
        assertRefused(
                PduFault.MALFORMED,
                RoomVersion.V1,
                SampleEvents.message(RoomVersion.V1).with("event_id", new JsonString(id)));
    }

    @ParameterizedTest
    @EnumSource
    void largePartsAreRefused(RoomVersion version) {
        JsonObject event = SampleEvents.message(version);
        String longText = "é".repeat(128);
        assertRefused(PduFault.TOO_LARGE, version, with(event, "type", longText));
        assertRefused(PduFault.TOO_LARGE, version, with(event, "state_key", longText));
        assertRefused(PduFault.TOO_LARGE, version, with(event, "sender", "@" + longText + ":x"));
        assertRefused(PduFault.TOO_LARGE, version, with(event, "room_id", "!" + longText + ":x"));
        JsonValue edge = SampleEvents.edges(version, "$a:x").values().getFirst();
        assertRefused(PduFault.TOO_LARGE, version, event.with("prev_events", times(21, edge)));
        assertRefused(PduFault.TOO_LARGE, version, event.with("auth_events", times(11, edge)));
        assertInstanceOf(
                PduResult.Valid.class,
                Pdu.parse(
                        version,
                        event.with("prev_events", times(20, edge))
                                .with("auth_events", times(10, edge))));
    }

    @Test
    void anEventMayHave65536BytesWithoutItsUnsignedMember() {
        JsonObject event = SampleEvents.message(RoomVersion.V12);
        int rest = event.with("content", JsonObject.of("body", "")).toString().length();
        String body = "x".repeat(EventLimits.EVENT_BYTES_MAX - rest);
        JsonObject largest = event.with("content", JsonObject.of("body", body));
        JsonObject unsigned = largest.with("unsigned", JsonObject.of("age", "12"));
        assertEquals(
                EventLimits.EVENT_BYTES_MAX,
                SampleEvents.pdu(RoomVersion.V12, unsigned).canonicalBytes().length);
        assertRefused(
                PduFault.TOO_LARGE,
                RoomVersion.V12,
                event.with("content", JsonObject.of("body", body + "x")));
    }

    @ParameterizedTest
    @EnumSource
    void numbersAreStrictSinceVersion6(RoomVersion version) {
        JsonObject content = JsonObject.builder().put("x", new JsonDecimal("1.50")).build();
        JsonObject event = SampleEvents.message(version).with("content", content);
        if (version.rules().strictCanonicalJson()) {
            assertRefused(PduFault.MALFORMED, version, event);
        } else {
            Pdu pdu = SampleEvents.pdu(version, event);
            String bytes = new String(pdu.canonicalBytes(), StandardCharsets.UTF_8);
            assertEquals(true, bytes.contains("{\"x\":1.50}"));
            assertEquals(event, pdu.json());
        }
    }

    @Test
    void whatAnotherServerClaimsInUnsignedIsDropped() {
        JsonObject event =
                SampleEvents.message(RoomVersion.V12)
                        .with("unsigned", JsonObject.of("redacted_because", "us"));
        assertFalse(SampleEvents.pdu(RoomVersion.V12, event).json().has("unsigned"));
    }

    @Test
    void aCreateEventHasNoRoomIdSinceVersion12() {
        JsonObject create = with(SampleEvents.message(RoomVersion.V12), "type", "m.room.create");
        assertRefused(PduFault.MALFORMED, RoomVersion.V12, create);
        Pdu pdu = SampleEvents.pdu(RoomVersion.V12, create.without("room_id"));
        assertEquals("!" + pdu.eventId().value().substring(1), pdu.roomId().value());
        assertRefused(PduFault.MALFORMED, RoomVersion.V11, create.without("room_id"));
    }

    @ParameterizedTest
    @CsvSource({
        "V1, $chosen:example.org",
        "V2, $chosen:example.org",
        "V3, $yIaW++wmtYX0MJasLNm7iv/EEjPpbs8BCs8oxWOKmgU",
        "V4, $yIaW--wmtYX0MJasLNm7iv_EEjPpbs8BCs8oxWOKmgU",
    })
    void idsAreChosenOrHashed(RoomVersion version, String id) {
        assertEquals(
                id, SampleEvents.pdu(version, SampleEvents.message(version)).eventId().value());
    }

    @Test
    void aRefusalBecomesTheErrorThatClientsSee() {
        JsonObject event = SampleEvents.message(RoomVersion.V12);
        var malformed =
                assertThrows(
                        MatrixException.class,
                        () -> SampleEvents.pdu(RoomVersion.V12, event.without("depth")));
        assertEquals(ErrCode.M_BAD_JSON, malformed.errCode());
        var tooLarge =
                assertThrows(
                        MatrixException.class,
                        () ->
                                SampleEvents.pdu(
                                        RoomVersion.V12, with(event, "type", "x".repeat(256))));
        assertEquals(413, tooLarge.status());
    }

    private static JsonObject with(JsonObject event, String name, String value) {
        return event.with(name, new JsonString(value));
    }

    private static JsonArray times(int count, JsonValue edge) {
        return new JsonArray(Collections.nCopies(count, edge));
    }

    private static JsonObject changed(RoomVersion version, String members) {
        return JsonObject.builder()
                .putAll(SampleEvents.message(version))
                .putAll(JsonReader.readObject(members))
                .build();
    }

    private static JsonValue json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(PduFault fault, RoomVersion version, JsonObject event) {
        var refused =
                assertInstanceOf(
                        PduResult.Refused.class, Pdu.parse(version, event), event::toString);
        assertEquals(fault, refused.fault(), event::toString);
    }
}
