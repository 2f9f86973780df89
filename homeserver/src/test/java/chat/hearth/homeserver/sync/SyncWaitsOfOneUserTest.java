package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.Synced;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every request that waits for news holds a connection: one account cannot have them all.
final class SyncWaitsOfOneUserTest {
    private static final Duration WAIT_MAX = Duration.ofMinutes(5);

    /// The polls that wait are not to be woken by who comes and goes.
    private static final String QUIET = TestClient.filter("{\"presence\":{\"types\":[]}}");

    @Test
    void theRequestBeyondTheBoundIsRefusedAndOthersWait(@TempDir Path folder) throws Exception {
        try (TestHearth server =
                TestHearth.in(folder).with("SYNC_WAIT_MAX", WAIT_MAX.toMillis() + "ms").start()) {
            TestClient alice = server.register("alice");
            TestClient bob = server.register("bob");
            String room = alice.createRoom("{\"preset\":\"public_chat\"}");
            bob.join(room);
            String since = alice.sync("").next();
            List<CompletableFuture<Synced>> polls = new ArrayList<>();
            for (int i = 0; i < SyncEndpoint.USER_WAITING_MAX; i++) {
                polls.add(poll(alice, since));
            }
            awaitWaiting(server, SyncEndpoint.USER_WAITING_MAX);

            Answer refused = alice.get("sync?" + QUIET + "&since=" + since + "&timeout=20000");
            polls.add(poll(bob, bob.sync("").next()));
            awaitWaiting(server, SyncEndpoint.USER_WAITING_MAX + 1);

            assertEquals("429 M_LIMIT_EXCEEDED", refused.outcome());
            assertEquals(5_000, refused.body().integer("retry_after_ms").orElseThrow());
            bob.say(room, "t1", "hello");
            for (CompletableFuture<Synced> poll : polls) {
                assertEquals(
                        List.of("hello"),
                        poll.get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS).messages(room));
            }
        }
    }

    private static CompletableFuture<Synced> poll(TestClient client, String since) {
        return CompletableFuture.supplyAsync(
                () -> client.sync(QUIET + "&timeout=" + WAIT_MAX.toMillis() + "&since=" + since),
                work -> Thread.ofVirtual().start(work));
    }

    private static void awaitWaiting(TestHearth server, int wanted) throws InterruptedException {
        while (server.engine().feed().waiting() < wanted) {
            Thread.sleep(10);
        }
    }
}
