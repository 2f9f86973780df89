package chat.hearth.rooms.history;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.TestRooms;
import chat.hearth.rooms.create.Preset;
import chat.hearth.storage.Direction;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A page of history costs a few statements, however often the room's state changed on the way.
final class WalkCostTest {
    private static final int JOINS = 150;
    private static final int PAGE = 100;

    /// The stretch, what its events were sent in, what decides about them, and a few names.
    private static final int STATEMENTS_MAX = 12;

    @ParameterizedTest
    @EnumSource(Direction.class)
    void aWalkThroughJoinsOfBeforeTheOwn(Direction direction, @TempDir Path folder) {
        try (TestRooms rooms = TestRooms.sqlite(folder)) {
            RoomId room = rooms.create(RoomVersion.V12, Preset.PUBLIC_CHAT);
            for (int i = 0; i < JOINS; i++) {
                rooms.join(TestRooms.user("member" + i), room);
            }
            rooms.join(BOB, room);
            rooms.say(room, ALICE, "hello");
            rooms.reopen();
            RoomEngine engine = rooms.engine();
            var history = new RoomHistory(rooms.stores(), engine.states());
            RoomReading reading =
                    new RoomReader(engine.rooms(), rooms.stores(), engine.gate(), engine.states())
                            .open(room, BOB);
            long before = rooms.database().metrics().readerStatements().sum();
            var walk =
                    new RoomHistory.Walk(
                            0,
                            Long.MAX_VALUE,
                            direction,
                            new PageBudget(PAGE),
                            RoomHistory.Wanted.ALL,
                            new Scan(() -> 0, () -> true));
            RoomHistory.Page page = history.walk(reading, walk);
            long statements = rooms.database().metrics().readerStatements().sum() - before;
            assertEquals(PAGE, page.events().size());
            assertTrue(statements <= STATEMENTS_MAX, () -> statements + " statements");
        }
    }
}
