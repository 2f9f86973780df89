package chat.hearth.homeserver.client.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DefaultRoomVersionTest {
    @TempDir private Path folder;

    @Test
    void newRoomsHaveTheConfiguredVersionUnlessTheClientAsksForAnother() {
        try (TestHearth server = TestHearth.in(folder).with("DEFAULT_ROOM_VERSION", "10").start()) {
            TestClient alice = server.register("alice");
            assertEquals(
                    Optional.of("10"),
                    alice.get("capabilities")
                            .body()
                            .object("capabilities")
                            .flatMap(all -> all.object("m.room_versions"))
                            .flatMap(versions -> versions.string("default")));
            assertEquals(Optional.of("10"), version(alice, "{}"));
            assertEquals(Optional.of("11"), version(alice, "{\"room_version\": \"11\"}"));
        }
    }

    private static Optional<String> version(TestClient creator, String wish) {
        String room = creator.post("createRoom", wish).string("room_id");
        return creator.get(TestClient.in(room, "state/m.room.create"))
                .body()
                .string("room_version");
    }
}
