package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.Synced;
import chat.hearth.homeserver.TestClient;
import chat.hearth.protocol.id.RoomId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the stream promises: everything once, and cheap when it is news.
final class SyncStreamTest extends AliceAndBob {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final int WRITERS = 8;
    private static final int SYNCERS = 4;
    private static final int MESSAGES = 30;

    @Test
    void everyMessageReachesEverySyncerOnceHoweverManyWriteAtOnce() throws Exception {
        List<String> rooms =
                IntStream.range(0, WRITERS).mapToObj(_ -> alice.room("public_chat")).toList();
        rooms.forEach(room -> bob.join(room));
        String since = bob.sync("").next();
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
                                alice.say(rooms.get((writer + n) % WRITERS), writer + "/" + n);
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

    private List<String> readAll(List<String> rooms, String from) {
        var seen = new ArrayList<String>();
        String since = from;
        String filter = TestClient.filter("{\"room\":{\"timeline\":{\"limit\":100}}}");
        for (int i = 0; i < 1_000 && seen.size() < WRITERS * MESSAGES; i++) {
            Synced synced = bob.sync(filter + "&timeout=3000&since=" + since);
            rooms.stream()
                    .filter(room -> synced.has("join", room))
                    .forEach(room -> seen.addAll(synced.messages(room)));
            since = synced.next();
        }
        return seen;
    }

    @Test
    void aMessageInOneRoomCostsAReaderNoStatement() {
        String room = alice.room("public_chat");
        bob.join(room);
        String since = bob.sync("").next();
        alice.say(room, "warm");
        since = bob.syncSince(since).next();
        alice.say(room, "hot");
        long before = server.database().metrics().statements().ofAll();

        Synced synced = bob.syncSince(since);

        assertEquals(List.of("hot"), synced.messages(room));
        assertEquals(2, synced.notifications(room));
        assertEquals(before, server.database().metrics().statements().ofAll());
    }

    @Test
    void nothingNewCostsNoStatementAndFewBytes() {
        alice.room("public_chat");
        String since = alice.sync("").next();
        since = alice.syncSince(since).next();
        long before = server.database().metrics().statements().ofAll();

        Synced synced = alice.syncSince(since);

        assertEquals(before, server.database().metrics().statements().ofAll());
        assertTrue(synced.body().size() == 1, synced.body().toString());
    }

    @Test
    void whoTypesInRoomsOfOthersCostsNoStatementAndLoadsNoRoom() {
        String room = alice.room("private_chat");
        server.restart();
        String since = bob.syncSince(bob.sync("").next()).next();
        int number = server.stores().identifiers().findRoom(new RoomId(room)).orElseThrow();
        int typist = server.number(alice.userId());
        long before = server.database().metrics().statements().ofAll();

        server.database()
                .metrics()
                .statements()
                .during(() -> server.engine().typing().start(number, typist, HALF_A_MINUTE));
        Synced synced = bob.syncSince(since);

        assertEquals(before, server.database().metrics().statements().ofAll());
        assertEquals(0, server.engine().rooms().active());
        assertTrue(synced.body().size() == 1, synced.body().toString());
    }
}
