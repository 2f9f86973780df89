package chat.hearth.homeserver;

import static chat.hearth.homeserver.TestClient.in;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.json.JsonValue;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StateStore;
import chat.hearth.storage.StorageException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateUpkeepTest {
    private static final int FORGOTTEN = StateUpkeep.VERSIONS_MAX + 500;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatNothingRefersToIsFreedAndRoomsKeepTheirState(boolean postgres) {
        TestHearth.Setup setup = TestHearth.in(folder);
        try (TestHearth server = (postgres ? setup.postgres() : setup).start()) {
            TestClient alice = server.register("alice");
            String room = alice.createRoom("{\"name\": \"N\", \"preset\": \"public_chat\"}");
            StateStore states = server.stores().states();
            long forgotten =
                    server.database()
                            .journal()
                            .write(
                                    tx -> {
                                        long last = 0;
                                        for (int i = 1; i <= FORGOTTEN; i++) {
                                            last = states.add(tx, 1, 0, StateEntries.of(i, i));
                                        }
                                        return last;
                                    });
            alice.put(in(room, "state/m.room.topic"), "{\"topic\": \"T\"}");
            JsonValue before = alice.get(in(room, "state")).json();
            var upkeep = new StateUpkeep(states, server.database().journal());
            assertEquals(1, states.load(forgotten).size());
            upkeep.run();
            assertEquals(1, states.load(forgotten).size(), "not all at once");
            upkeep.run();
            assertThrows(StorageException.class, () -> states.load(forgotten));
            assertThrows(StorageException.class, () -> states.load(forgotten - FORGOTTEN + 1));
            server.restart();
            assertEquals(before, alice.get(in(room, "state")).json());
            alice.put(in(room, "state/m.room.topic"), "{\"topic\": \"U\"}");
            assertEquals("200", alice.get(in(room, "members")).outcome());
        }
    }
}
