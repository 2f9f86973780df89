package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.json.JsonReader;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A room does not go on naming an alias that was removed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoomAliasRemovalTest {
    private static final String CANONICAL = "state/m.room.canonical_alias";

    private TestHearth server;
    private TestClient alice;
    private TestClient bob;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = TestHearth.start(directory);
        alice = server.register("alice");
        bob = server.register("bob");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theRoomNamesTheAliasNoLongerAndThatIsOneWrite() {
        String room = alice.createRoom("{\"room_alias_name\": \"main\", \"name\": \"N\"}");
        add(alice, room, "other");
        name(room, "{\"alias\":\"#main:hearth.test\",\"alt_aliases\":[\"#other:hearth.test\"]}");
        LongAdder writes = server.database().metrics().writes();
        long before = writes.sum();
        assertEquals("200", remove(alice, "main"));
        assertEquals(1, writes.sum() - before);
        assertNamed(room, "{\"alt_aliases\":[\"#other:hearth.test\"]}");
        assertEquals("200", remove(alice, "other"));
        assertNamed(room, "{\"alt_aliases\":[]}");
        assertEquals("404 M_NOT_FOUND", remove(alice, "other"));
    }

    @Test
    void whoMayNotChangeTheRoomStillRemovesTheirOwnAlias() {
        String room = alice.createRoom("{\"preset\": \"public_chat\"}");
        bob.join(room);
        add(bob, room, "bobs");
        String named = "{\"alias\":\"#bobs:hearth.test\"}";
        name(room, named);
        assertEquals("200", remove(bob, "bobs"));
        assertNamed(room, named);
        assertEquals(
                "404 M_NOT_FOUND",
                bob.get("directory/room/" + encoded("#bobs:hearth.test")).outcome());
    }

    private static void add(TestClient client, String room, String alias) {
        String path = "directory/room/" + encoded("#" + alias + ":hearth.test");
        assertEquals("200", client.put(path, "{\"room_id\":\"" + room + "\"}").outcome());
    }

    private static String remove(TestClient client, String alias) {
        return client.delete("directory/room/" + encoded("#" + alias + ":hearth.test")).outcome();
    }

    private void name(String room, String content) {
        assertEquals("200", alice.put(in(room, CANONICAL), content).outcome());
    }

    private void assertNamed(String room, String content) {
        assertEquals(JsonReader.readObject(content), alice.get(in(room, CANONICAL)).body());
    }
}
