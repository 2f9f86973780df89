package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncServer.ALICE;
import static chat.hearth.homeserver.sync.SyncServer.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.sync.SyncServer.Synced;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.create.Preset;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncTest {
    @TempDir Path folder;
    private SyncServer server;

    @BeforeEach
    void start() {
        server = SyncServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theFirstSyncShowsARoomWithItsStateAndLatestEvents() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        IntStream.range(0, 12).forEach(n -> server.say(room, ALICE, "message " + n));

        Synced first = server.sync(ALICE, "");

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
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        server.join(BOB, room);
        Synced first = server.sync(BOB, "");
        server.say(room, ALICE, "hello");

        Synced second = server.syncSince(BOB, first.next());
        Synced third = server.syncSince(BOB, second.next());

        assertEquals(List.of("hello"), second.messages(room));
        assertEquals(1, second.notifications(room));
        assertTrue(second.events(room, "state").isEmpty());
        assertFalse(third.has("join", room));
    }

    @Test
    void aWaitingSyncIsAnsweredWhenAMessageComes() throws Exception {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        server.join(BOB, room);
        String since = server.sync(BOB, "").next();
        CompletableFuture<Synced> waiting =
                CompletableFuture.supplyAsync(
                        () -> server.sync(BOB, "timeout=10000&since=" + since));
        TimeUnit.MILLISECONDS.sleep(200);
        assertFalse(waiting.isDone());

        server.say(room, ALICE, "hello");

        assertEquals(List.of("hello"), waiting.get(5, TimeUnit.SECONDS).messages(room));
    }
}
