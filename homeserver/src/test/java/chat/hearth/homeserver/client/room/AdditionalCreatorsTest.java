package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is named as a creator of a room beside the one who makes it. They are ids and no more: of
/// any server, and whether or not anybody has them.
///
/// See [room version 12](https://spec.matrix.org/v1.19/rooms/v12/).
final class AdditionalCreatorsTest extends AliceAndBob {
    private static final String STRANGER = "@boss:elsewhere.example";
    private static final String ROOM =
            "{\"room_version\":\"12\",\"creation_content\":{\"additional_creators\":%s}}";

    private List<String> creators(String room) {
        return alice.get(in(room, "state/m.room.create"))
                .body()
                .array("additional_creators")
                .flatMap(JsonArray::strings)
                .orElse(List.of());
    }

    private Set<String> levels(String room) {
        return alice.get(in(room, "state/m.room.power_levels"))
                .body()
                .object("users")
                .orElse(JsonObject.EMPTY)
                .names();
    }

    private Answer upgrade(String room, String version, String creators) {
        return alice.post(
                in(room, "upgrade"),
                "{\"new_version\":\"%s\",\"additional_creators\":%s}".formatted(version, creators));
    }

    @Test
    void usersOfOtherServersAndUsersWhoDoNotExistMayBe() {
        String room =
                alice.createRoom(
                        ROOM.formatted(
                                "[\"%s\",\"@nobody:hearth.test\",\"%s\",\"%s\"]"
                                        .formatted(STRANGER, STRANGER, alice.userId())));

        assertEquals(List.of(STRANGER, "@nobody:hearth.test"), creators(room));
        assertEquals(Set.of(), levels(room));
        JsonObject members = alice.get(in(room, "joined_members")).body();
        assertEquals(Set.of(alice.userId()), members.object("joined").orElseThrow().names());
        assertEquals(
                "400 M_BAD_JSON",
                alice.put(
                                in(room, "state/m.room.power_levels"),
                                "{\"users\":{\"" + STRANGER + "\":50}}")
                        .outcome());
        alice.say(room, "hello");
        assertEquals("403 M_FORBIDDEN", alice.post(in(room, "ban"), body(STRANGER)).outcome());
    }

    private static String body(String user) {
        return JsonObject.of("user_id", user).toString();
    }

    @Test
    void anUpgradeNamesThemToo() {
        String old =
                alice.createRoom(
                        """
                        {"room_version":"11","power_level_content_override":
                         {"users":{"%s":100,"%s":100,"%s":50}}}
                        """
                                .formatted(alice.userId(), STRANGER, bob.userId()));

        String room = upgrade(old, "12", "[\"" + STRANGER + "\"]").string("replacement_room");

        assertEquals(List.of(STRANGER), creators(room));
        assertEquals(Set.of(bob.userId()), levels(room));
    }

    /// Nobody can be banned by whom they do not rank below.
    @Test
    void whoWasBannedAndIsMadeACreatorIsBannedNoMore() {
        String old = alice.createRoom("{\"room_version\":\"11\",\"preset\":\"public_chat\"}");
        bob.join(old);
        assertEquals("200", alice.post(in(old, "ban"), body(bob.userId())).outcome());
        assertEquals("200", alice.post(in(old, "ban"), body(STRANGER)).outcome());

        Answer upgraded = upgrade(old, "12", "[\"" + bob.userId() + "\"]");

        assertEquals("200", upgraded.outcome(), upgraded::toString);
        String room = upgraded.string("replacement_room");
        assertEquals(
                "404 M_NOT_FOUND",
                alice.get(in(room, "state/m.room.member/" + encoded(bob.userId()))).outcome());
        assertEquals(
                "ban",
                alice.get(in(room, "state/m.room.member/" + encoded(STRANGER)))
                        .string("membership"));
        assertEquals("200", bob.join(room).outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"boss\"]", "[\"@boss\"]", "[\"\"]", "[1]", "\"@a:b.c\"", "{}"})
    void whatIsNoListOfUserIdsIsRefusedAndNothingHappens(String creators) {
        assertEquals(
                "400 M_BAD_JSON", alice.post("createRoom", ROOM.formatted(creators)).outcome());
        String room = alice.room("public_chat");

        assertEquals("400 M_BAD_JSON", upgrade(room, "12", creators).outcome());

        assertEquals("404 M_NOT_FOUND", alice.get(in(room, "state/m.room.tombstone")).outcome());
    }

    /// Where there are no such creators the member does nothing.
    @Test
    void versionsThatDoNotKnowThemDoNotCare() {
        String room = alice.createRoom("{\"room_version\":\"10\"}");

        Answer upgraded = upgrade(room, "11", "[\"boss\"]");

        assertEquals("200", upgraded.outcome(), upgraded::toString);
        assertFalse(
                alice.get(in(upgraded.string("replacement_room"), "state/m.room.create"))
                        .body()
                        .has("additional_creators"));
    }
}
