package chat.hearth.rooms.event;

import static chat.hearth.rooms.TestRooms.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import chat.hearth.storage.Change;
import chat.hearth.storage.Snapshots;
import chat.hearth.storage.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rooms that are read together are what they would be if each was read on its own.
final class RoomsTogetherTest {
    private TestRooms rooms;
    private Room first;
    private Room second;

    @BeforeEach
    void start(@TempDir Path folder) {
        rooms = TestRooms.sqlite(folder);
        first = rooms.room(rooms.create(RoomVersion.V11));
        second = rooms.room(rooms.create(RoomVersion.V12));
    }

    @AfterEach
    void stop() {
        rooms.close();
    }

    @Test
    void theyComeInTheOrderAskedAndOncePerRoom() {
        Rooms anew = Rooms.of(rooms.stores(), 10_000);
        Room alone = anew.room(second.number());
        List<Room> together = anew.rooms(List.of(second.number(), first.number()));
        assertSame(alone, together.getFirst());
        assertSame(anew.room(first.number()), together.getLast());
        assertEquals(first.id(), together.getLast().id());
        assertEquals(first.version(), together.getLast().version());
        assertEquals(first.state().version(), together.getLast().state().version());
        assertEquals(
                first.state().members().joined(), together.getLast().state().members().joined());
        assertEquals(first.state().joinRule(), together.getLast().state().joinRule());
    }

    @Test
    void aRoomThatIsNotThereIsAFault() {
        Rooms anew = Rooms.of(rooms.stores(), 10_000);
        List<Integer> numbers = List.of(first.number(), second.number(), 1_000);
        assertThrows(IllegalStateException.class, () -> anew.rooms(numbers));
    }

    @Test
    void whatChangesWhileTheyAreReadIsNotMissed() {
        var interrupting = new Interrupting(rooms.stores().snapshots());
        Rooms anew = Rooms.of(with(rooms.stores(), interrupting), 10_000);
        interrupting.afterNext =
                () -> {
                    long position =
                            rooms.state(
                                            first.id(),
                                            ALICE,
                                            "m.room.topic",
                                            "",
                                            "{\"topic\":\"new\"}")
                                    .position();
                    anew.committed(
                            List.of(new Change(position, Change.Kind.EVENT, first.number(), 0)));
                };
        List<Room> together = anew.rooms(List.of(first.number(), second.number()));
        assertEquals(first.state().version(), together.getFirst().state().version());
        assertEquals(second.state().version(), together.getLast().state().version());
    }

    @Test
    void whatNobodyWasToldOfIsNotMissed() {
        var interrupting = new Interrupting(rooms.stores().snapshots());
        Rooms anew = Rooms.of(with(rooms.stores(), interrupting), 10_000);
        interrupting.afterNext =
                () -> {
                    var _ =
                            rooms.state(
                                    first.id(), ALICE, "m.room.topic", "", "{\"topic\":\"new\"}");
                    anew.skipped(Long.MAX_VALUE);
                };
        List<Room> together = anew.rooms(List.of(first.number(), second.number()));
        assertEquals(first.state().version(), together.getFirst().state().version());
    }

    private static Stores with(Stores stores, Snapshots snapshots) {
        return new Stores(
                snapshots,
                stores.runs(),
                stores.identifiers(),
                stores.rooms(),
                stores.events(),
                stores.timelines(),
                stores.states(),
                stores.memberships(),
                stores.guests(),
                stores.bans(),
                stores.relations(),
                stores.highlights(),
                stores.receipts(),
                stores.accountData(),
                stores.aliases(),
                stores.profiles(),
                stores.accounts(),
                stores.devices(),
                stores.tokens(),
                stores.registrationTokens(),
                stores.transactions(),
                stores.filters());
    }

    /// Snapshots after one of which something happens before what it saw is used.
    private static final class Interrupting implements Snapshots {
        private final Snapshots snapshots;
        private Runnable afterNext = () -> {};

        Interrupting(Snapshots snapshots) {
            this.snapshots = snapshots;
        }

        @Override
        public <R> R read(Supplier<R> reads) {
            R seen = snapshots.read(reads);
            Runnable now = afterNext;
            afterNext = () -> {};
            now.run();
            return seen;
        }
    }
}
