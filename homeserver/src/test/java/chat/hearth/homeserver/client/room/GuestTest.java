package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a guest may do. See [Guest
/// Access](https://spec.matrix.org/v1.19/client-server-api/#guest-access).
final class GuestTest {
    @Test
    void joinsWhatIsOpenToGuestsAndSyncs(@TempDir Path directory) {
        try (TestHearth server = TestHearth.start(directory)) {
            TestClient guest = server.guest("guest");
            TestClient alice = server.register("alice");
            String open = alice.createRoom("{\"preset\":\"public_chat\"}");
            alice.state(open, "m.room.guest_access", "", "{\"guest_access\":\"can_join\"}");

            assertEquals("200", guest.join(open).outcome());
            Answer synced = guest.get("sync");

            assertEquals("200", synced.outcome());
            assertTrue(
                    synced.body()
                            .object("rooms")
                            .flatMap(rooms -> rooms.object("join"))
                            .orElseThrow()
                            .has(open));
        }
    }

    @Test
    void rightsGoByTheEventNotByTheRoute(@TempDir Path directory) {
        try (TestHearth server = TestHearth.start(directory)) {
            TestClient guest = server.guest("guest");
            TestClient alice = server.register("alice");
            TestClient bob = server.register("bob");
            String open = alice.createRoom("{\"preset\":\"public_chat\"}");
            alice.state(open, "m.room.guest_access", "", "{\"guest_access\":\"can_join\"}");
            String levels = alice.get(in(open, "state/m.room.power_levels")).body().toString();
            alice.state(
                    open,
                    "m.room.power_levels",
                    "",
                    levels.replace("\"invite\":50", "\"invite\":0"));
            String own = in(open, "state/m.room.member/" + encoded(guest.userId()));
            String bobs = in(open, "state/m.room.member/" + encoded(bob.userId()));
            String forbidden = "403 M_GUEST_ACCESS_FORBIDDEN";

            String picture = "{\"membership\":\"join\",\"avatar_url\":\"mxc://a/b\"}";
            assertEquals(forbidden, guest.post(in(open, "join"), picture).outcome());
            assertEquals(forbidden, guest.put(own, picture).outcome());
            assertEquals("200", guest.put(own, "{\"membership\":\"join\"}").outcome());
            assertEquals(forbidden, guest.put(own, picture).outcome());
            assertEquals(forbidden, guest.put(bobs, "{\"membership\":\"invite\"}").outcome());
            assertEquals(forbidden, guest.put(bobs, "{\"membership\":\"ban\"}").outcome());
            assertEquals(
                    "200",
                    guest.put(own, "{\"membership\":\"join\",\"displayname\":\"G\"}").outcome());
            assertEquals("200", guest.put(own, "{\"membership\":\"leave\"}").outcome());
            assertEquals(forbidden, guest.put(own, "{\"membership\":\"knock\"}").outcome());
            assertEquals("200", alice.put(bobs, "{\"membership\":\"invite\"}").outcome());
        }
    }

    @Test
    void aGuestsNewNameGoesIntoTheRooms(@TempDir Path directory) {
        try (TestHearth server = TestHearth.start(directory)) {
            TestClient guest = server.guest("guest");
            TestClient alice = server.register("alice");
            String open = alice.createRoom("{\"preset\":\"public_chat\"}");
            alice.state(open, "m.room.guest_access", "", "{\"guest_access\":\"can_join\"}");
            guest.join(open);
            guest.put(
                    "profile/" + encoded(guest.userId()) + "/displayname",
                    "{\"displayname\":\"Gast\"}");
            assertEquals(
                    "Gast",
                    alice.get(in(open, "state/m.room.member/" + encoded(guest.userId())))
                            .string("displayname"));
        }
    }
}
