package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.json.JsonReader;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A room does not go on naming an alias that was removed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoomAliasRemovalTest {
    private static final int SECONDS_MAX = 150;
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

    /// Both removals have seen Alice's alias; by the time of the second it is Bob's.
    @Test
    void whatSomebodyElseHasMadeOfTheAliasMeanwhileStays() throws Exception {
        String room = alice.createRoom("{\"preset\": \"public_chat\"}");
        String bobs = bob.createRoom("{\"preset\": \"public_chat\"}");
        add(alice, room, "mine");
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        server.database()
                .journal()
                .enqueue(
                        _ -> {
                            begun.countDown();
                            return awaited(goOn);
                        });
        assertTrue(awaited(begun));
        CompletableFuture<String> first = queued(() -> remove(alice, "mine"));
        CompletableFuture<String> made =
                queued(() -> bob.put(path("mine"), "{\"room_id\":\"" + bobs + "\"}").outcome());
        CompletableFuture<String> second = queued(() -> remove(alice, "mine"));
        goOn.countDown();
        assertEquals("200", first.get(SECONDS_MAX, TimeUnit.SECONDS));
        assertEquals("200", made.get(SECONDS_MAX, TimeUnit.SECONDS));
        assertEquals("404 M_NOT_FOUND", second.get(SECONDS_MAX, TimeUnit.SECONDS));
        assertEquals(bobs, bob.get(path("mine")).string("room_id"));
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Does something whose write waits behind those before it by the time this returns.
    private CompletableFuture<String> queued(Supplier<String> deed) {
        LongAdder depth = server.database().metrics().queueDepth();
        long before = depth.sum();
        CompletableFuture<String> done =
                CompletableFuture.supplyAsync(deed, work -> Thread.ofVirtual().start(work));
        while (depth.sum() == before && !done.isDone()) {
            Thread.onSpinWait();
        }
        return done;
    }

    private static String path(String alias) {
        return "directory/room/" + encoded("#" + alias + ":hearth.test");
    }

    private static void add(TestClient client, String room, String alias) {
        assertEquals("200", client.put(path(alias), "{\"room_id\":\"" + room + "\"}").outcome());
    }

    private static String remove(TestClient client, String alias) {
        return client.delete(path(alias)).outcome();
    }

    private void name(String room, String content) {
        assertEquals("200", alice.put(in(room, CANONICAL), content).outcome());
    }

    private void assertNamed(String room, String content) {
        assertEquals(JsonReader.readObject(content), alice.get(in(room, CANONICAL)).body());
    }
}
