package chat.hearth.rooms.unread;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.push.RuleKind;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is unread of a room with more messages than are ever looked at, right after a restart.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnreadAfterLongTest {
    private static final int LONG = UnreadEvents.LOOKED_AT_MAX + 200;
    private static final int SHORT = 70;

    /// Both users' ways of being told, and a membership; whatever is unread.
    private static final int STATEMENTS_MAX = 12;

    private static final int EVENTS_READ_MAX = 4;

    private TestRooms rooms;
    private RoomId quiet;
    private RoomId busy;

    @BeforeAll
    void start(@TempDir Path folder) {
        rooms = TestRooms.sqlite(folder);
        quiet = room(SHORT);
        busy = room(LONG);
    }

    private RoomId room(int messages) {
        RoomId room = rooms.create(RoomVersion.V12);
        rooms.join(BOB, room);
        for (int i = 0; i < messages; i++) {
            rooms.say(room, ALICE, "cake " + i);
        }
        return room;
    }

    @AfterAll
    void stop() {
        rooms.close();
    }

    /// @param statements how many statements it took
    /// @param events how many whole events were read for it
    private record Counted(int notifications, long statements, long events) {}

    private Counted count(RoomId id, UserId user, UserPushRules rules) throws InterruptedException {
        rooms.reopen();
        var room = rooms.room(id);
        int number = rooms.number(user);
        var feed = rooms.engine().feed();
        var reader = new Reader(number, user, rules, Set.of(), 0, feed.subscribe(number));
        var counter = new UnreadCounter(rooms.stores(), rooms.engine().cache());
        var statements = rooms.database().metrics().readerStatements();
        long before = statements.sum();
        int notifications =
                counter.count(room, reader, feed.settledPosition()).total().notifications();
        return new Counted(notifications, statements.sum() - before, rooms.engine().cache().size());
    }

    @Test
    void aCountTakesAFewRowsHoweverMuchIsUnread() throws InterruptedException {
        Counted few = count(quiet, BOB, UserPushRules.NONE);
        Counted many = count(busy, BOB, UserPushRules.NONE);

        assertEquals(SHORT, few.notifications());
        assertEquals(LONG, many.notifications());
        assertEquals(few.statements(), many.statements());
        assertTrue(many.statements() <= STATEMENTS_MAX, many::toString);
        assertTrue(many.events() <= EVENTS_READ_MAX, many::toString);
    }

    @Test
    void onesOwnLastMessageIsFoundAtOnce() throws InterruptedException {
        Counted alice = count(busy, ALICE, UserPushRules.NONE);

        assertEquals(0, alice.notifications());
        assertTrue(alice.statements() <= STATEMENTS_MAX, alice::toString);
        assertTrue(alice.events() <= EVENTS_READ_MAX, alice::toString);
    }

    @Test
    void rulesOfOnesOwnHoldForTheLatestEventsOnly() throws InterruptedException {
        UserPushRules silentAboutCake =
                UserPushRules.NONE.put(
                        RuleKind.CONTENT,
                        "cake",
                        JsonReader.readObject("{\"pattern\":\"cake\",\"actions\":[]}"),
                        null,
                        null);

        assertEquals(0, count(quiet, BOB, silentAboutCake).notifications());
        assertEquals(
                LONG - UnreadEvents.LOOKED_AT_MAX,
                count(busy, BOB, silentAboutCake).notifications());
    }
}
