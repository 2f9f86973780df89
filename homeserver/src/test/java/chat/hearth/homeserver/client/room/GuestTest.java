package chat.hearth.homeserver.client.room;

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
}
