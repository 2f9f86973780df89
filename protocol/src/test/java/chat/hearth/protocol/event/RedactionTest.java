package chat.hearth.protocol.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.room.RoomVersion;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The redaction tables of each [room version](https://spec.matrix.org/v1.19/rooms/).
class RedactionTest {
    private static final long SEED = 11;
    private static final List<String> TOP_LEVEL =
            List.of(
                    "auth_events",
                    "content",
                    "depth",
                    "event_id",
                    "hashes",
                    "origin_server_ts",
                    "prev_events",
                    "room_id",
                    "sender",
                    "signatures",
                    "state_key",
                    "type");

    /// Every name that a row of the tables keeps in some version, and one that none keeps.
    private static final List<String> CONTENT =
            List.of(
                    "aliases",
                    "allow",
                    "ban",
                    "creator",
                    "events",
                    "events_default",
                    "history_visibility",
                    "invite",
                    "join_authorised_via_users_server",
                    "join_rule",
                    "kick",
                    "membership",
                    "notifications",
                    "redact",
                    "redacts",
                    "room_version",
                    "state_default",
                    "users",
                    "users_default",
                    "x");

    @ParameterizedTest
    @CsvSource({
        "1,  5,  m.room.aliases,            aliases",
        "6,  12, m.room.aliases,            ''",
        "1,  10, m.room.create,             creator",
        "11, 12, m.room.create,             *",
        "1,  12, m.room.history_visibility, history_visibility",
        "1,  7,  m.room.join_rules,         join_rule",
        "8,  12, m.room.join_rules,         allow join_rule",
        "1,  8,  m.room.member,             membership",
        "9,  12, m.room.member,             join_authorised_via_users_server membership",
        "1,  10, m.room.power_levels,       ban events events_default kick redact"
                + " state_default users users_default",
        "11, 12, m.room.power_levels,       ban events events_default invite kick redact"
                + " state_default users users_default",
        "1,  10, m.room.redaction,          ''",
        "11, 12, m.room.redaction,          redacts",
        "1,  12, m.room.message,            ''",
        "1,  12, m.room.topic,              ''",
        "1,  12, m.room.third_party_invite, ''",
        "1,  12, org.example.create,        ''",
    })
    void contentKeepsWhatTheTableNames(int first, int last, String type, String kept) {
        Set<String> expected =
                new TreeSet<>(
                        kept.equals("*")
                                ? CONTENT
                                : kept.isEmpty() ? List.of() : List.of(kept.split(" ")));
        for (int number = first; number <= last; number++) {
            JsonObject redacted = Redaction.content(version(number).rules(), type, all(CONTENT));
            assertEquals(expected, new TreeSet<>(redacted.names()), "version " + number);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 10, membership origin prev_state", "11, 12, ''"})
    void theTopLevelKeepsWhatTheTableNames(int first, int last, String alsoKept) {
        JsonObject event =
                JsonObject.builder()
                        .putAll(all(TOP_LEVEL))
                        .putAll(all(List.of("membership", "origin", "prev_state")))
                        .putAll(all(List.of("unsigned", "redacts", "age_ts", "x", "")))
                        .build();
        Set<String> expected = new TreeSet<>(TOP_LEVEL);
        expected.addAll(alsoKept.isEmpty() ? List.of() : List.of(alsoKept.split(" ")));
        for (int number = first; number <= last; number++) {
            JsonObject redacted = Redaction.redact(version(number).rules(), event);
            assertEquals(expected, new TreeSet<>(redacted.names()), "version " + number);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "V10; {\"third_party_invite\":{\"signed\":{\"a\":1}}};             {}",
                "V11; {\"third_party_invite\":{\"signed\":{\"a\":1},\"display_name\":\"A\"}};"
                        + " {\"third_party_invite\":{\"signed\":{\"a\":1}}}",
                "V12; {\"third_party_invite\":{\"display_name\":\"A\"}};"
                        + " {\"third_party_invite\":{}}",
                "V12; {\"third_party_invite\":\"A\"};                              {}",
            })
    void aThirdPartyInviteKeepsWhatWasSigned(RoomVersion version, String content, String kept) {
        assertEquals(
                JsonReader.readObject(kept),
                Redaction.content(
                        version.rules(), "m.room.member", JsonReader.readObject(content)));
    }

    @Test
    void aContentOrTypeOfTheWrongKindIsNotKept() {
        JsonObject odd = JsonReader.readObject("{\"type\":7,\"content\":[1]}");
        assertEquals(
                JsonReader.readObject("{\"type\":7,\"content\":{}}"),
                Redaction.redact(RoomVersion.V12.rules(), odd));
    }

    @ParameterizedTest
    @EnumSource
    void redactingTwiceIsRedactingOnceAndKeepsTheReferenceHash(RoomVersion version) {
        var random = new Random(SEED);
        for (int i = 0; i < 100; i++) {
            String round = "seed " + SEED + " round " + i;
            JsonObject event = SampleEvents.any(version, random);
            JsonObject once = Redaction.redact(version.rules(), event);
            assertEquals(once, Redaction.redact(version.rules(), once), round);
            if (Pdu.parse(version, event) instanceof PduResult.Valid(Pdu pdu)) {
                assertEquals(pdu.eventId(), SampleEvents.pdu(version, once).eventId(), round);
            }
        }
    }

    private static RoomVersion version(int number) {
        return RoomVersion.find(Integer.toString(number)).orElseThrow();
    }

    private static JsonObject all(List<String> names) {
        var object = JsonObject.builder();
        for (String name : names) {
            object.put(name, name.equals("content") ? JsonObject.EMPTY : new JsonString("kept"));
        }
        return object.build();
    }
}
