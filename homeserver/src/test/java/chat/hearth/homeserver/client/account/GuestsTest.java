package chat.hearth.homeserver.client.account;

import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Guests where they are let in. See [Guest
/// access](https://spec.matrix.org/v1.19/client-server-api/#guest-access).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GuestsTest {
    private static final String REGISTER = "_matrix/client/v3/register";
    private static final String GUEST_ACCESS = "m.room.guest_access";
    private static final String FORBIDDEN = "{\"guest_access\":\"forbidden\"}";

    private static final int RACES = 20;

    private TestHearth server;
    private TestClient alice;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = TestHearth.in(directory).with("REGISTRATION_GUESTS", "true").start();
        alice = server.register("alice");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private TestClient guest() {
        Answer answer = server.send("POST", REGISTER + "?kind=guest", null, "{}");
        assertEquals("200", answer.outcome());
        return new TestClient(server, answer.string("user_id"), answer.string("access_token"));
    }

    private String openRoom() {
        String room = alice.room("public_chat");
        alice.state(room, GUEST_ACCESS, "", "{\"guest_access\":\"can_join\"}");
        return room;
    }

    private String membership(String room, TestClient user) {
        return alice.get(
                        "rooms/" + encoded(room) + "/state/m.room.member/" + encoded(user.userId()))
                .string("membership");
    }

    @Test
    void aGuestHasAnAccountWithAFewRights() {
        TestClient guest = guest();
        Answer who = guest.get("account/whoami");
        assertEquals(guest.userId(), who.string("user_id"));
        assertEquals(Optional.of(true), who.body().bool("is_guest"));
        assertEquals("403 M_GUEST_ACCESS_FORBIDDEN", guest.post("createRoom", "{}").outcome());
        assertNotEquals(guest.userId(), guest().userId());
    }

    @Test
    void whatAGuestAsksForIsIgnoredButTheDevicesName() {
        String body =
                """
                {"username": 5, "password": [], "device_id": {}, "inhibit_login": "yes",
                 "guest_access_token": 1, "auth": 7, "initial_device_display_name": "tab"}
                """;
        Answer answer = server.send("POST", REGISTER + "?kind=guest", null, body);
        assertEquals("200", answer.outcome());
        var guest = new TestClient(server, answer.string("user_id"), answer.string("access_token"));
        assertEquals(
                "tab", guest.get("devices/" + answer.string("device_id")).string("display_name"));
    }

    @Test
    void aGuestIsToldWhatGuestsCanDo() {
        JsonObject guests = capabilities(guest());
        for (String name : List.of("m.change_password", "m.set_avatar_url", "m.get_login_token")) {
            assertEquals(JsonReader.readObject("{\"enabled\":false}"), guests.value(name), name);
        }
        assertEquals(
                JsonReader.readObject("{\"enabled\":true,\"allowed\":[\"displayname\"]}"),
                guests.value("m.profile_fields"));
        assertEquals(
                JsonReader.readObject("{\"enabled\":true}"), guests.value("m.set_displayname"));
    }

    private static JsonObject capabilities(TestClient client) {
        return client.get("capabilities").body().object("capabilities").orElseThrow();
    }

    @Test
    void aGuestSeesAndNamesTheirDevice() {
        TestClient guest = guest();
        String device = guest.get("account/whoami").string("device_id");
        assertEquals(1, guest.get("devices").body().array("devices").orElseThrow().size());
        assertEquals("200", guest.put("devices/" + device, "{\"display_name\":\"tab\"}").outcome());
        assertEquals("tab", guest.get("devices/" + device).string("display_name"));
        assertEquals("403 M_GUEST_ACCESS_FORBIDDEN", guest.delete("devices/" + device).outcome());
        assertEquals(
                "403 M_GUEST_ACCESS_FORBIDDEN",
                guest.post("delete_devices", "{\"devices\":[]}").outcome());
    }

    @Test
    void aGuestJoinsWhereGuestsMayAndSpeaks() {
        TestClient guest = guest();
        String room = openRoom();
        assertEquals(
                "403 M_GUEST_ACCESS_FORBIDDEN", guest.join(alice.room("public_chat")).outcome());
        String plainJoin =
                "rooms/"
                        + encoded(alice.room("public_chat"))
                        + "/state/m.room.member/"
                        + encoded(guest.userId());
        assertEquals(
                "403 M_GUEST_ACCESS_FORBIDDEN",
                guest.put(plainJoin, "{\"membership\":\"join\"}").outcome());
        assertEquals("200", guest.join(room).outcome());
        guest.say(room, "hello");
    }

    @Test
    void guestsLeaveWhenTheDoorIsClosedAndUsersStay() {
        TestClient guest = guest();
        TestClient bob = server.register("bob");
        String room = openRoom();
        guest.join(room);
        bob.join(room);
        alice.state(room, GUEST_ACCESS, "", FORBIDDEN);
        assertEquals("leave", membership(room, guest));
        assertEquals("join", membership(room, bob));
        assertEquals("join", membership(room, alice));
    }

    /// Whichever way a guest comes in, and whoever is first.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noGuestIsLeftInsideByComingWhileTheDoorIsClosed(boolean plainEvent) throws Exception {
        TestClient guest = guest();
        for (int i = 0; i < RACES; i++) {
            String room = openRoom();
            String member =
                    "rooms/" + encoded(room) + "/state/m.room.member/" + encoded(guest.userId());
            Thread coming =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        var _ =
                                                plainEvent
                                                        ? guest.put(
                                                                member, "{\"membership\":\"join\"}")
                                                        : guest.join(room);
                                    });
            alice.state(room, GUEST_ACCESS, "", FORBIDDEN);
            coming.join();
            String after = alice.get(member).body().string("membership").orElse("was never there");
            assertNotEquals("join", after, "round " + i);
        }
    }

    @Test
    void guestsLeaveWhenWhatLetThemInIsRedacted() {
        TestClient guest = guest();
        String room = alice.room("public_chat");
        String event =
                alice.put(
                                "rooms/" + encoded(room) + "/state/" + GUEST_ACCESS,
                                "{\"guest_access\":\"can_join\"}")
                        .string("event_id");
        guest.join(room);
        String redaction = "rooms/" + encoded(room) + "/redact/" + encoded(event) + "/t1";
        assertEquals("200", alice.put(redaction, "{}").outcome());
        assertEquals("leave", membership(room, guest));
    }

    @Test
    void aGuestWhoRegistersKeepsTheAccount() {
        TestClient guest = guest();
        String room = openRoom();
        guest.join(room);
        String localpart = guest.userId().substring(1, guest.userId().indexOf(':'));
        assertEquals("403 M_FORBIDDEN", keep(guest.token(), "carol").outcome());
        assertEquals("403 M_FORBIDDEN", keep(alice.token(), "alice").outcome());
        Answer kept = keep(guest.token(), localpart);
        assertEquals("200", kept.outcome());
        assertEquals(guest.userId(), kept.string("user_id"));
        Answer who = guest.get("account/whoami");
        assertEquals(Optional.of(false), who.body().bool("is_guest"));
        assertEquals("200", server.login(localpart, TestHearth.PASSWORD).outcome());
        assertEquals("403 M_FORBIDDEN", keep(guest.token(), localpart).outcome());
        alice.state(room, GUEST_ACCESS, "", FORBIDDEN);
        assertEquals("join", membership(room, guest));
    }

    private Answer keep(String token, String username) {
        JsonObject body =
                JsonObject.builder()
                        .put("username", username)
                        .put("password", TestHearth.PASSWORD)
                        .put("guest_access_token", token)
                        .put("auth", JsonObject.of("type", "m.login.dummy"))
                        .build();
        return server.send("POST", REGISTER, null, body.toString());
    }
}
