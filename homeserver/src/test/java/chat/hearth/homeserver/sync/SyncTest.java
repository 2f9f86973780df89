package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.Synced;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SyncTest extends AliceAndBob {

    @Test
    void theFirstSyncShowsARoomWithItsStateAndLatestEvents() {
        String room = alice.room("public_chat");
        IntStream.range(0, 12).forEach(n -> alice.say(room, "message " + n));

        Synced first = alice.sync("");

        assertEquals(10, first.messages(room).size());
        assertEquals("message 11", first.messages(room).getLast());
        JsonObject timeline = first.joined(room).object("timeline").orElseThrow();
        assertEquals(true, timeline.bool("limited").orElseThrow());
        assertTrue(
                first.events(room, "state").stream()
                        .anyMatch(e -> e.string("type").orElseThrow().equals("m.room.create")));
        assertEquals(
                1,
                first.joined(room)
                        .object("summary")
                        .orElseThrow()
                        .integer("m.joined_member_count")
                        .orElseThrow());
    }

    @Test
    void aMessageArrivesOnceInTheNextSync() {
        String room = alice.room("public_chat");
        bob.join(room);
        Synced first = bob.sync("");
        alice.say(room, "hello");

        Synced second = bob.syncSince(first.next());
        Synced third = bob.syncSince(second.next());

        assertEquals(List.of("hello"), second.messages(room));
        assertEquals(1, second.notifications(room));
        assertTrue(second.events(room, "state").isEmpty());
        assertFalse(third.has("join", room));
    }

    @Test
    void aWaitingSyncIsAnsweredWhenAMessageComes() throws Exception {
        String room = alice.room("public_chat");
        bob.join(room);
        String since = bob.sync("").next();
        CompletableFuture<Synced> waiting =
                CompletableFuture.supplyAsync(() -> bob.sync("timeout=30000&since=" + since));
        TimeUnit.MILLISECONDS.sleep(200);
        assertFalse(waiting.isDone());

        alice.say(room, "hello");

        assertEquals(List.of("hello"), waiting.get(90, TimeUnit.SECONDS).messages(room));
    }
}
