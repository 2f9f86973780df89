package chat.hearth.rooms.history;

import static chat.hearth.rooms.TestRooms.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.TestRooms;
import chat.hearth.rooms.create.Preset;
import chat.hearth.storage.Direction;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A walk that finds nothing ends, and says where to go on.
final class ScanTest {
    private static final int MESSAGES = 1_200;
    private static final int PAGE = 100;

    private final AtomicLong now = new AtomicLong();
    private final AtomicBoolean connected = new AtomicBoolean(true);

    private Scan scan() {
        return new Scan(now::get, connected::get);
    }

    @Test
    void aScanEndsAfterSoManyEvents() {
        Scan scan = scan();
        scan.looked(Scan.ROWS_MAX - 1);
        assertTrue(scan.mayGoOn());
        scan.looked(1);
        assertFalse(scan.mayGoOn());
    }

    @Test
    void aScanEndsWithItsTime() {
        now.set(-5);
        Scan scan = scan();
        now.addAndGet(Scan.TIME_MAX.toNanos() - 1);
        assertTrue(scan.mayGoOn());
        now.incrementAndGet();
        assertFalse(scan.mayGoOn());
    }

    @Test
    void aScanEndsWithItsClient() {
        Scan scan = scan();
        assertTrue(scan.mayGoOn());
        connected.set(false);
        assertFalse(scan.mayGoOn());
    }

    /// A scan whose time is up once something was looked at.
    private Scan ofOneBatch() {
        long almostAll = Scan.TIME_MAX.toNanos() - 1;
        return new Scan(() -> now.getAndAdd(almostAll), connected::get);
    }

    private RoomHistory.Walk back(long upTo, Scan scan) {
        var wanted = new RoomHistory.Wanted(RoomEventFilter.ALL, Set.of(ALICE.value()));
        return new RoomHistory.Walk(
                0, upTo, Direction.BACKWARD, new PageBudget(PAGE), wanted, scan);
    }

    @Test
    void aWalkThatEndsEarlySaysWhereToGoOn(@TempDir Path folder) {
        try (TestRooms rooms = TestRooms.sqlite(folder)) {
            RoomId room = rooms.create(RoomVersion.V12, Preset.PUBLIC_CHAT);
            for (int i = 0; i < MESSAGES; i++) {
                rooms.say(room, ALICE, "hello");
            }
            RoomEngine engine = rooms.engine();
            var history = new RoomHistory(rooms.stores(), engine.states());
            RoomReading reading =
                    new RoomReader(engine.rooms(), rooms.stores(), engine.gate(), engine.states())
                            .open(room, ALICE);

            RoomHistory.Page page = history.walk(reading, back(Long.MAX_VALUE, ofOneBatch()));
            assertEquals(List.of(), page.events());
            long end = page.end().orElseThrow();
            connected.set(false);
            RoomHistory.Page unwanted = history.walk(reading, back(end, scan()));
            assertEquals(List.of(), unwanted.events());
            assertEquals(end, unwanted.end().orElseThrow(), "nothing was looked at");
            connected.set(true);

            int pages = 1;
            while (page.end().isPresent()) {
                page = history.walk(reading, back(page.end().getAsLong(), ofOneBatch()));
                pages++;
            }
            assertTrue(pages > 2, pages + " pages");
            assertEquals("m.room.create", page.events().getLast().type());
        }
    }
}
