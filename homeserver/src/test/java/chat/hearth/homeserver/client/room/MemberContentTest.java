package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What member events and other events of a room's own say, and what nobody may say.
final class MemberContentTest {
    private TestHearth server;
    private TestClient alice;
    private TestClient bob;
    private String room;

    @BeforeEach
    void start(@TempDir Path directory) {
        server = TestHearth.start(directory);
        alice = server.register("alice");
        bob = server.register("bob");
        room = alice.room("public_chat");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonObject member(TestClient user) {
        return alice.get(in(room, "state/m.room.member/" + encoded(user.userId()))).body();
    }

    @Test
    void whatAJoinSaysBesidesGoesIntoTheMemberEvent() {
        bob.post(
                in(room, "join"),
                """
                {"reason": "hi", "org.example.x": {"y": 1}, "displayname": "Bobby",
                 "membership": "ban", "join_authorised_via_users_server": "@alice:hearth.test",
                 "third_party_invite": {}}
                """);
        JsonObject content = member(bob);
        assertEquals("join", content.string("membership").orElseThrow());
        assertEquals("hi", content.string("reason").orElseThrow());
        assertEquals("Bobby", content.string("displayname").orElseThrow());
        assertEquals(1, content.object("org.example.x").orElseThrow().integer("y").orElseThrow());
        assertFalse(content.has("join_authorised_via_users_server"));
        assertFalse(content.has("third_party_invite"));
    }

    @Test
    void aJoinThatSaysNonsenseIsRefusedAsTheEventWouldBe() {
        assertEquals("400 M_BAD_JSON", bob.post(in(room, "join"), "{\"displayname\":5}").outcome());
    }

    @Test
    void whoWasNeverThereDoesNotLeave() {
        String bobs = in(room, "state/m.room.member/" + encoded(bob.userId()));
        assertEquals("403 M_FORBIDDEN", alice.put(bobs, "{\"membership\":\"leave\"}").outcome());
        bob.join(room);
        assertEquals("200", alice.put(bobs, "{\"membership\":\"leave\"}").outcome());
        alice.put(bobs, "{\"membership\":\"ban\"}");
        assertEquals("200", alice.put(bobs, "{\"membership\":\"leave\"}").outcome());
    }

    @Test
    void aRoomGetsNoOtherCreateEvent() {
        assertEquals("400 M_BAD_STATE", alice.put(in(room, "state/m.room.create"), "{}").outcome());
        assertEquals(
                "400 M_BAD_STATE", alice.put(in(room, "send/m.room.create/1"), "{}").outcome());
    }

    @Test
    void anAvatarsAddressMayBeAnyOne() {
        String avatar = "profile/" + encoded(alice.userId()) + "/avatar_url";
        String address = "https://example.org/a.png";
        assertEquals("200", alice.put(avatar, "{\"avatar_url\":\"" + address + "\"}").outcome());
        assertEquals(address, alice.get(avatar).string("avatar_url"));
        assertEquals(address, member(alice).string("avatar_url").orElseThrow());
    }

    @Test
    void settingsComeAlongWithATombstoneThatComesLaterThanTheNewRoom() {
        bob.join(room);
        for (TestClient user : new TestClient[] {alice, bob}) {
            user.put(
                    "user/" + encoded(user.userId()) + "/rooms/" + encoded(room) + "/tags/u.x",
                    "{}");
            user.accountData(null, "m.direct", "{\"@c:hearth.test\":[\"" + room + "\"]}");
            user.put("pushrules/global/room/" + encoded(room), "{\"actions\":[]}");
        }
        String made =
                alice.createRoom(
                        "{\"preset\":\"public_chat\",\"creation_content\":{\"predecessor\":"
                                + "{\"room_id\":\""
                                + room
                                + "\"}}}");
        assertFalse(tags(alice, made).has("u.x"), "only one of the rooms names the other");

        alice.state(room, "m.room.tombstone", "", "{\"replacement_room\":\"" + made + "\"}");

        assertCarried(alice, made);
        assertFalse(tags(bob, made).has("u.x"), "who is not there yet has none there");
        bob.join(made);
        assertCarried(bob, made);
    }

    @Test
    void aTombstoneThatTheNewRoomDoesNotKnowOfTakesNothingAlong() {
        alice.put(
                "user/" + encoded(alice.userId()) + "/rooms/" + encoded(room) + "/tags/u.x", "{}");
        String other = alice.room("public_chat");
        alice.state(room, "m.room.tombstone", "", "{\"replacement_room\":\"" + other + "\"}");
        assertFalse(tags(alice, other).has("u.x"));
    }

    private static void assertCarried(TestClient user, String made) {
        assertEquals(true, tags(user, made).has("u.x"));
        String direct =
                user.get("user/" + encoded(user.userId()) + "/account_data/m.direct")
                        .body()
                        .toString();
        assertEquals(true, direct.contains(made), direct);
        assertEquals("200", user.get("pushrules/global/room/" + encoded(made)).outcome());
    }

    private static JsonObject tags(TestClient user, String room) {
        return user.get("user/" + encoded(user.userId()) + "/rooms/" + encoded(room) + "/tags")
                .body()
                .object("tags")
                .orElseThrow();
    }

    @Test
    void toSyncAsOnlineEndsAnEarlierUnavailable() {
        String status = "presence/" + encoded(alice.userId()) + "/status";
        alice.put(status, "{\"presence\":\"unavailable\"}");
        alice.get("sync");
        assertEquals("unavailable", alice.get(status).string("presence"));
        alice.get("sync?set_presence=online");
        assertEquals("online", alice.get(status).string("presence"));
    }
}
