package chat.hearth.rooms.unread;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import chat.hearth.rooms.event.Sent;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A count that is made when a redaction is announced, but its sender not answered yet: that is
/// when a waiting sync wakes. What is remembered then is what later syncs show.
final class UnreadWhileRedactedTest {
    @Test
    void whatIsTakenAwayIsNotCountedByWhoWakesFirst(@TempDir Path folder) {
        try (TestRooms rooms = TestRooms.sqlite(folder)) {
            RoomId room = rooms.create(RoomVersion.V12);
            rooms.join(BOB, room);
            var counter = new UnreadCounter(rooms.stores(), rooms.engine().cache());
            Sent said = rooms.say(room, ALICE, "a secret");
            assertEquals(new UnreadCount(1, 0), count(rooms, counter, room));
            var woken = new AtomicReference<UnreadCount>();
            rooms.whenAnnounced(() -> woken.set(count(rooms, counter, room)));
            rooms.engine()
                    .pipeline()
                    .send(
                            room,
                            EventDraft.redaction(ALICE, said.eventId(), JsonObject.EMPTY),
                            null);
            assertEquals(UnreadCount.NONE, requireNonNull(woken.get()), "when woken");
            assertEquals(UnreadCount.NONE, count(rooms, counter, room), "as remembered");
        }
    }

    private static UnreadCount count(TestRooms rooms, UnreadCounter counter, RoomId room) {
        int bob = rooms.number(BOB);
        var feed = rooms.engine().feed();
        var reader = new Reader(bob, BOB, UserPushRules.NONE, Set.of(), 0, feed.subscribe(bob));
        try {
            return counter.count(rooms.room(room), reader, feed.settledPosition()).total();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
