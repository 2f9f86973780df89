package chat.hearth.rooms.unread;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.push.RuleKind;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of a count is remembered, and how long it holds.
final class KnownCountsTest {
    private static final int COLLECTIONS_MAX = 20;

    private TestRooms rooms;
    private UnreadCounter counter;
    private RoomId room;

    @BeforeEach
    void start(@TempDir Path folder) {
        rooms = TestRooms.sqlite(folder);
        counter = new UnreadCounter(rooms.stores(), rooms.engine().cache());
        room = rooms.create(RoomVersion.V12);
        rooms.join(BOB, room);
        rooms.say(room, ALICE, "cake");
    }

    @AfterEach
    void stop() {
        rooms.close();
    }

    private static UserPushRules silentAboutCake() {
        return UserPushRules.NONE.put(
                RuleKind.CONTENT,
                "cake",
                JsonReader.readObject("{\"pattern\":\"cake\",\"actions\":[]}"),
                null,
                null);
    }

    private int count(UserPushRules rules, long settingsAt) throws InterruptedException {
        int bob = rooms.number(BOB);
        var feed = rooms.engine().feed();
        var reader = new Reader(bob, BOB, rules, Set.of(), settingsAt, feed.subscribe(bob));
        long until = feed.settledPosition();
        return counter.count(rooms.room(room), reader, until).total().notifications();
    }

    @Test
    void aCountHoldsUntilItsReaderWantsToBeToldOfOtherThings() throws InterruptedException {
        assertEquals(1, count(UserPushRules.NONE, 0));
        assertEquals(0, count(silentAboutCake(), 7));
        assertEquals(1, count(UserPushRules.NONE, 9));
    }

    /// A user may have as many rooms as they like, and rules of half a megabyte.
    @Test
    void aCountDoesNotKeepTheRulesThatItWasMadeBy() throws InterruptedException {
        WeakReference<UserPushRules> rules = counted();
        for (int i = 0; i < COLLECTIONS_MAX && rules.get() != null; i++) {
            System.gc();
        }
        assertNull(rules.get());
    }

    private WeakReference<UserPushRules> counted() throws InterruptedException {
        UserPushRules rules = silentAboutCake();
        assertEquals(0, count(rules, 7));
        return new WeakReference<>(rules);
    }
}
