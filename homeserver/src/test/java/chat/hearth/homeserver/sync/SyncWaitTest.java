package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.Synced;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long a sync without news waits, and how many may.
final class SyncWaitTest {
    /// The longest that a server may allow, so that nobody takes for a wait what is only slow.
    private static final Duration WAIT_MAX = Duration.ofMinutes(5);

    private static final int SECONDS_MAX = 200;

    private TestHearth server;
    private TestClient alice;
    private String since;

    @BeforeEach
    void start(@TempDir Path folder) {
        start(folder, WAIT_MAX);
    }

    private void start(Path folder, Duration waitMax) {
        server =
                TestHearth.in(folder)
                        .with("SYNC_WAIT_MAX", waitMax.toMillis() + "ms")
                        .with("SYNC_WAITING_MAX", "1")
                        .start();
        alice = server.register("alice");
        since = alice.sync("").next();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// An answer and how long it took.
    private record Timed(Synced answer, Duration took) {}

    private Timed poll(TestClient client, Duration timeout) {
        long before = System.nanoTime();
        Synced answer = client.sync("timeout=" + timeout.toMillis() + "&since=" + since);
        return new Timed(answer, Duration.ofNanos(System.nanoTime() - before));
    }

    private static void assertNothing(Synced answer) {
        assertEquals(List.of("next_batch"), List.copyOf(answer.body().names()));
    }

    @Test
    void withoutATimeoutNobodyWaits() {
        assertTrue(poll(alice, Duration.ZERO).took().compareTo(WAIT_MAX) < 0);
    }

    @Test
    void aWaitEndsAtTheTimeoutWithNothing() {
        Duration timeout = Duration.ofMillis(400);

        Timed polled = poll(alice, timeout);

        assertNothing(polled.answer());
        assertTrue(polled.took().compareTo(timeout) >= 0, polled::toString);
        assertTrue(polled.took().compareTo(WAIT_MAX) < 0, polled::toString);
    }

    @Test
    void noWaitIsLongerThanTheServerAllows(@TempDir Path folder) {
        stop();
        Duration allowed = Duration.ofMillis(400);
        start(folder, allowed);

        Timed polled = poll(alice, WAIT_MAX);

        assertNothing(polled.answer());
        assertTrue(polled.took().compareTo(allowed) >= 0, polled::toString);
        assertTrue(polled.took().compareTo(WAIT_MAX) < 0, polled::toString);
    }

    @Test
    void aFirstSyncNeverWaits() {
        long before = System.nanoTime();
        alice.sync("timeout=300000");

        assertTrue(System.nanoTime() - before < WAIT_MAX.toNanos());
    }

    @Test
    void whoAsksForTheFullStateNeverWaitsThoughThereIsNone() {
        long before = System.nanoTime();
        Synced answer = alice.sync("full_state=true&timeout=300000&since=" + since);

        assertTrue(System.nanoTime() - before < WAIT_MAX.toNanos());
        assertNothing(answer);
    }

    @Test
    void ofTwoThatWaitOneIsAnsweredAtOnceAndMissesNothing() throws Exception {
        TestClient bob = server.register("bob");
        String room = alice.createRoom("{\"preset\":\"public_chat\"}");
        bob.join(room);
        since = bob.sync("").next();
        CompletableFuture<Timed> one = waiting(bob);
        CompletableFuture<Timed> other = waiting(bob);

        CompletableFuture.anyOf(one, other).get(SECONDS_MAX, TimeUnit.SECONDS);
        Timed tooMany = (one.isDone() ? one : other).get();
        CompletableFuture<Timed> still = one.isDone() ? other : one;
        assertNothing(tooMany.answer());
        assertTrue(tooMany.took().compareTo(WAIT_MAX) < 0, tooMany::toString);
        assertFalse(still.isDone());

        alice.say(room, "t1", "hello");
        Synced later = bob.sync("since=" + tooMany.answer().next());
        Synced woken = still.get(SECONDS_MAX, TimeUnit.SECONDS).answer();
        assertEquals(List.of("hello"), later.messages(room));
        assertEquals(List.of("hello"), woken.messages(room));
        since = woken.next();
        Duration timeout = Duration.ofMillis(400);
        assertTrue(poll(bob, timeout).took().compareTo(timeout) >= 0, "there is a place again");
    }

    private CompletableFuture<Timed> waiting(TestClient client) {
        return CompletableFuture.supplyAsync(
                () -> poll(client, WAIT_MAX), work -> Thread.ofVirtual().start(work));
    }
}
