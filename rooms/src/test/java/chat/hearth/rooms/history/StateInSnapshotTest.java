package chat.hearth.rooms.history;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import chat.hearth.rooms.create.Preset;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Sent;
import chat.hearth.rooms.state.AtHand;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of a room in a snapshot, while the room goes on and no event is in memory.
final class StateInSnapshotTest {
    private final AtHand atHand = new AtHand();
    private TestRooms rooms;
    private EventCache cache;
    private RoomId id;
    private Room room;
    private RoomState before;

    @BeforeEach
    void start(@TempDir Path folder) {
        rooms = TestRooms.sqlite(folder);
        cache = new EventCache(rooms.stores().events(), 0, atHand);
        id = rooms.create(RoomVersion.V12, Preset.PUBLIC_CHAT);
        rooms.say(id, ALICE, "hello");
        room = rooms.room(id);
        before = room.state();
    }

    @AfterEach
    void stop() {
        rooms.close();
    }

    /// Reads at one moment, after which the room goes on.
    private <R> R inSnapshot(Runnable meanwhile, Supplier<R> reads) {
        return cache.inSnapshot(
                rooms.stores().snapshots(),
                () -> {
                    assertTrue(rooms.stores().rooms().find(room.number()).isPresent());
                    try {
                        Thread.ofPlatform().start(meanwhile).join();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return reads.get();
                });
    }

    @Test
    void theStateIsTheOneBeforeWhatTheSnapshotHasNot() {
        long position = rooms.timeline(id).getLast().position();
        var states = new StateReader(rooms.stores(), cache, atHand);
        long version =
                inSnapshot(
                        () -> rooms.state(id, ALICE, "m.room.topic", "", "{\"topic\":\"T\"}"),
                        () -> states.versionAfter(room, before, position));
        assertEquals(before.version(), version);
    }

    /// That an event before a join may be seen takes a look at the membership, which may be newer
    /// than the snapshot.
    @Test
    void whoLeavesMeanwhileSeesWhatTheySawBefore() {
        Sent said = rooms.say(id, ALICE, "before Bob comes");
        rooms.join(BOB, id);
        RoomState now = room.state();
        var gate =
                new HistoryGate(
                        rooms.stores(),
                        cache,
                        new StateReader(rooms.stores(), cache, atHand),
                        atHand);
        boolean seen =
                inSnapshot(
                        () -> rooms.engine().memberships().leave(BOB, id, null),
                        () -> gate.sight(room, now, BOB).sees(cache.require(said.position())));
        assertTrue(seen);
    }
}
