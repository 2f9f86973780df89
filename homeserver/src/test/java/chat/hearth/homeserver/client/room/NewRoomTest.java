package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.TestClient;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a new room holds, by its preset and by whom it invites.
///
/// See [`POST
/// /createRoom`](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom).
final class NewRoomTest extends AliceAndBob {
    private String state(String room, String type, String member) {
        return alice.get(in(room, "state/" + type)).string(member);
    }

    private JsonObject membership(TestClient reader, String room, TestClient user) {
        return reader.get(in(room, "state/m.room.member/" + encoded(user.userId()))).body();
    }

    private JsonObject powerLevels(String room) {
        return alice.get(in(room, "state/m.room.power_levels")).body();
    }

    private String inviting(String rest) {
        return alice.createRoom("{\"invite\":[\"" + bob.userId() + "\"]," + rest + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"preset":"private_chat"}                          | invite | shared | can_join
                    {"preset":"trusted_private_chat"}                  | invite | shared | can_join
                    {"preset":"public_chat"}                           | public | shared | forbidden
                    {}                                                 | invite | shared | can_join
                    {"visibility":"private"}                           | invite | shared | can_join
                    {"visibility":"public"}                            | public | shared | forbidden
                    {"visibility":"public","preset":"private_chat"}    | invite | shared | can_join
                    {"visibility":"private","preset":"public_chat"}    | public | shared | forbidden
                    {"preset":"public_chat","room_version":"6"}        | public | shared | forbidden
                    """)
    void aPresetDecidesWhoMayJoinAndReadAndWhetherGuestsMay(
            String body, String joinRule, String visibility, String guests) {
        String room = alice.createRoom(body);
        assertEquals(joinRule, state(room, "m.room.join_rules", "join_rule"));
        assertEquals(visibility, state(room, "m.room.history_visibility", "history_visibility"));
        assertEquals(guests, state(room, "m.room.guest_access", "guest_access"));
    }

    @Test
    void initialStateGoesBeforeThePreset() {
        String room =
                alice.createRoom(
                        """
                        {"preset":"private_chat","initial_state":[
                          {"type":"m.room.guest_access","content":{"guest_access":"forbidden"}}]}
                        """);
        assertEquals("forbidden", state(room, "m.room.guest_access", "guest_access"));
        assertEquals("invite", state(room, "m.room.join_rules", "join_rule"));
    }

    @Test
    void aGuestWhoIsInvitedToAPrivateChatMayJoin() {
        TestClient guest = server.guest("guest");
        String room = alice.room("private_chat");
        assertEquals("403 M_FORBIDDEN", guest.join(room).outcome());
        alice.invite(room, guest);
        assertEquals("200", guest.join(room).outcome());
        String open = alice.room("public_chat");
        alice.invite(open, guest);
        assertEquals(403, guest.join(open).status(), "no guests in a public chat");
    }

    @Test
    void whoIsNamedIsInvitedAndMayJoin() {
        TestClient carol = server.register("carol");
        String room =
                alice.createRoom(
                        "{\"invite\":[\"%s\",\"%s\"]}".formatted(bob.userId(), carol.userId()));
        for (TestClient invitee : List.of(bob, carol)) {
            assertEquals(
                    Optional.of("invite"), membership(alice, room, invitee).string("membership"));
            assertEquals(false, membership(alice, room, invitee).has("is_direct"));
            assertEquals("200", invitee.join(room).outcome());
        }
    }

    @Test
    void thatItIsADirectChatStandsInTheInvite() {
        String room = inviting("\"is_direct\":true");
        assertEquals(Optional.of(true), membership(alice, room, bob).bool("is_direct"));
        assertEquals(false, membership(alice, room, alice).has("is_direct"));
        JsonObject invited =
                bob.sync("timeout=0").in("invite", room).object("invite_state").orElseThrow();
        List<Boolean> marks =
                invited.array("events").orElseThrow().values().stream()
                        .map(JsonObject.class::cast)
                        .filter(e -> e.string("state_key").equals(Optional.of(bob.userId())))
                        .map(e -> e.object("content").orElseThrow().bool("is_direct").orElseThrow())
                        .toList();
        assertEquals(List.of(true), marks);
        assertEquals(
                false,
                membership(alice, inviting("\"is_direct\":false"), bob)
                        .bool("is_direct")
                        .orElse(false));
    }

    @Test
    void whoIsTrustedHasThePowerOfTheCreator() {
        String room = inviting("\"room_version\":\"11\",\"preset\":\"trusted_private_chat\"");
        JsonObject users = powerLevels(room).object("users").orElseThrow();
        assertEquals(
                JsonObject.builder().put(alice.userId(), 100).put(bob.userId(), 100).build(),
                users);
        assertEquals("200", bob.join(room).outcome());
        assertEquals("200", changePower(room));
    }

    @Test
    void whoIsTrustedInARoomWhoseCreatorsRankAboveAllIsOneOfThem() {
        String room = inviting("\"room_version\":\"12\",\"preset\":\"trusted_private_chat\"");
        JsonObject create = alice.get(in(room, "state/m.room.create")).body();
        assertEquals(
                Optional.of(List.of(bob.userId())),
                create.array("additional_creators").flatMap(JsonArray::strings));
        assertEquals(Optional.of(JsonObject.EMPTY), powerLevels(room).object("users"));
        assertEquals("200", bob.join(room).outcome());
        assertEquals("200", changePower(room));
    }

    @ParameterizedTest
    @CsvSource({"11,private_chat", "12,private_chat", "11,public_chat", "12,public_chat"})
    void whoIsOnlyInvitedHasNoPower(String version, String preset) {
        String room =
                inviting("\"room_version\":\"" + version + "\",\"preset\":\"" + preset + "\"");
        assertEquals("200", bob.join(room).outcome());
        assertEquals("403 M_FORBIDDEN", changePower(room));
    }

    private String changePower(String room) {
        JsonObject levels = powerLevels(room).with("events_default", new JsonInteger(1));
        return bob.put(in(room, "state/m.room.power_levels"), levels.toString()).outcome();
    }
}
