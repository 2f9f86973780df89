package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.Synced;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.rooms.presence.PresenceState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom a change of presence wakes from a long poll: those who may see it and want to, and nobody
/// else. A poll that is woken looks around, which costs statements; one that is not costs nothing.
final class SyncPresenceWakesTest extends AliceAndBob {
    private static final String EVERYTHING = TestClient.filter("{}");
    private static final int POLLS = 20;
    private static final int SECONDS_MAX = 150;
    private static final int POLL_MILLIS = 30_000;

    /// Long enough for every poll that is woken to have looked around.
    private static final int LOOK_AROUND_MILLIS = 500;

    private String shared;
    private String other;

    @BeforeEach
    void meet() {
        shared = alice.room("public_chat");
        other = alice.room("public_chat");
        bob.join(shared);
        change("warm");
    }

    /// Bob's presence changes, and everybody who hears of that is told.
    private void change(String message) {
        var presence = server.personal().presence();
        presence.set(server.number(bob.userId()), PresenceState.ONLINE, message);
        presence.tick();
    }

    /// Members of a room who wait for news.
    private List<CompletableFuture<Synced>> waiting(String room, String query)
            throws InterruptedException {
        List<TestClient> members = new ArrayList<>();
        for (int i = 0; i < POLLS; i++) {
            members.add(server.register("member" + i));
            members.getLast().join(room);
        }
        List<CompletableFuture<Synced>> polls = new ArrayList<>();
        members.forEach(member -> polls.add(poll(member, query)));
        awaitWaiting(POLLS);
        return polls;
    }

    private void awaitWaiting(int wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (server.engine().feed().waiting() < wanted) {
            assertTrue(System.nanoTime() < deadline, "They do not wait");
            Thread.sleep(10);
        }
    }

    /// Those of requests alone: the change is none, and neither are the server's chores.
    private long statements() {
        return server.database().metrics().statements().ofAll();
    }

    private void assertNobodyIsWoken(String room, String query) throws Exception {
        List<CompletableFuture<Synced>> polls = waiting(room, query);
        long before = statements();

        change("news");
        Thread.sleep(LOOK_AROUND_MILLIS);

        long cost = statements() - before;
        assertEquals(0, cost, "statements");
        assertEquals(POLLS, server.engine().feed().waiting());
        alice.say(room, "wake up");
        for (CompletableFuture<Synced> poll : polls) {
            Synced woken = poll.get(SECONDS_MAX, TimeUnit.SECONDS);
            assertEquals(List.of("wake up"), woken.messages(room));
            assertFalse(woken.body().has("presence"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"presence\":{\"types\":[]}}",
                "{\"presence\":{\"types\":[\"m.other\"]}}",
                "{\"presence\":{\"not_types\":[\"m.presence\"]}}",
                "{\"presence\":{\"not_types\":[\"*\"]}}",
                "{\"presence\":{\"senders\":[]}}",
                "{\"presence\":{\"limit\":0}}"
            })
    void whoWantsNoPresenceIsNot(String filter) throws Exception {
        assertNobodyIsWoken(shared, TestClient.filter(filter));
    }

    @Test
    void whoIsInNoRoomWithTheUserIsNot() throws Exception {
        assertNobodyIsWoken(other, EVERYTHING);
    }

    @Test
    void whoIsInARoomWithTheUserIs() throws Exception {
        List<CompletableFuture<Synced>> polls = waiting(shared, EVERYTHING);

        change("news");

        for (CompletableFuture<Synced> poll : polls) {
            Synced woken = poll.get(SECONDS_MAX, TimeUnit.SECONDS);
            String told = Synced.events(woken.body(), "presence").toString();
            assertTrue(told.contains("news") && told.contains(bob.userId()), told);
        }
    }

    /// Two polls of one user on devices that want different things.
    @Test
    void ofOneUsersDevicesThoseThatWantTo() throws Exception {
        TestClient phone = server.login("alice");
        String quiet = TestClient.filter("{\"presence\":{\"types\":[]}}");
        CompletableFuture<Synced> without = poll(alice, quiet);
        CompletableFuture<Synced> with = poll(phone, EVERYTHING);
        awaitWaiting(2);

        change("news");

        assertTrue(with.get(SECONDS_MAX, TimeUnit.SECONDS).body().toString().contains("news"));
        Thread.sleep(LOOK_AROUND_MILLIS);
        assertEquals(1, server.engine().feed().waiting());
        alice.say(shared, "wake up");
        assertEquals(
                List.of("wake up"), without.get(SECONDS_MAX, TimeUnit.SECONDS).messages(shared));
    }

    private static CompletableFuture<Synced> poll(TestClient client, String query) {
        String since = TestHearth.encoded(client.sync(query).next());
        return CompletableFuture.supplyAsync(
                () -> client.sync(query + "&timeout=" + POLL_MILLIS + "&since=" + since),
                work -> Thread.ofVirtual().start(work));
    }
}
