package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncServer.ALICE;
import static chat.hearth.homeserver.sync.SyncServer.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.sync.SyncServer.Synced;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.rooms.create.Preset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the stream promises: everything once, and cheap when it is news.
final class SyncStreamTest {
    private static final int WRITERS = 8;
    private static final int SYNCERS = 4;
    private static final int MESSAGES = 30;

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
    void everyMessageReachesEverySyncerOnceHoweverManyWriteAtOnce() throws Exception {
        List<RoomId> rooms =
                IntStream.range(0, WRITERS)
                        .mapToObj(_ -> server.room(ALICE, Preset.PUBLIC_CHAT))
                        .toList();
        rooms.forEach(room -> server.join(BOB, room));
        String since = server.sync(BOB, "").next();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Future<List<String>>>();
            for (int i = 0; i < SYNCERS; i++) {
                readers.add(threads.submit(() -> readAll(rooms, since)));
            }
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                Callable<Void> write =
                        () -> {
                            for (int n = 0; n < MESSAGES; n++) {
                                server.say(
                                        rooms.get((writer + n) % WRITERS), ALICE, writer + "/" + n);
                            }
                            return null;
                        };
                writers.add(threads.submit(write));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            for (Future<List<String>> reader : readers) {
                List<String> seen = reader.get();
                assertEquals(WRITERS * MESSAGES, seen.size());
                assertEquals(WRITERS * MESSAGES, new HashSet<>(seen).size());
            }
        }
    }

    private List<String> readAll(List<RoomId> rooms, String from) {
        var seen = new ArrayList<String>();
        String since = from;
        String filter = SyncServer.filter("{\"room\":{\"timeline\":{\"limit\":100}}}");
        for (int i = 0; i < 1_000 && seen.size() < WRITERS * MESSAGES; i++) {
            Synced synced = server.sync(BOB, filter + "&timeout=3000&since=" + since);
            rooms.stream()
                    .filter(room -> synced.has("join", room))
                    .forEach(room -> seen.addAll(synced.messages(room)));
            since = synced.next();
        }
        return seen;
    }

    @Test
    void aMessageInOneRoomCostsAReaderNoStatement() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        server.join(BOB, room);
        String since = server.sync(BOB, "").next();
        server.say(room, ALICE, "warm");
        since = server.syncSince(BOB, since).next();
        server.say(room, ALICE, "hot");
        server.number(BOB);
        long before = server.database().metrics().readerStatements().sum();

        Synced synced = server.syncSince(BOB, since);

        assertEquals(List.of("hot"), synced.messages(room));
        assertEquals(2, synced.notifications(room));
        assertEquals(before, server.database().metrics().readerStatements().sum());
    }

    @Test
    void nothingNewCostsNoStatementAndFewBytes() {
        server.room(ALICE, Preset.PUBLIC_CHAT);
        String since = server.sync(ALICE, "").next();
        since = server.syncSince(ALICE, since).next();
        long before = server.database().metrics().readerStatements().sum();

        Synced synced = server.syncSince(ALICE, since);

        assertEquals(before, server.database().metrics().readerStatements().sum());
        assertTrue(synced.body().size() == 1, synced.body().toString());
    }
}
