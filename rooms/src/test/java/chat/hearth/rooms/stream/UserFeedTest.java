package chat.hearth.rooms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.rooms.stream.FeedSpan.Known;
import chat.hearth.rooms.stream.FeedSpan.RoomChange;
import chat.hearth.rooms.stream.FeedSpan.Unknown;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UserFeedTest {
    private static final int USER = 7;

    private static UserFeed feed() {
        var feed = new UserFeed(USER, 0);
        feed.completeAfter(100);
        return feed;
    }

    private static Known known(FeedSpan span) {
        return assertInstanceOf(Known.class, span);
    }

    @Test
    void tellsTheRoomsThatChangedInASpanOnceEach() {
        UserFeed feed = feed();
        feed.add(101, 1, ChangeKind.EVENT);
        feed.add(102, 2, ChangeKind.EVENT);
        feed.add(103, 1, ChangeKind.RECEIPT);
        feed.add(104, 0, ChangeKind.ACCOUNT_DATA);
        feed.add(105, 3, ChangeKind.EVENT);

        Known span = known(feed.changes(100, 104));

        assertEquals(
                List.of(
                        new RoomChange(1, ChangeKind.EVENT | ChangeKind.RECEIPT),
                        new RoomChange(2, ChangeKind.EVENT)),
                span.rooms());
        assertEquals(ChangeKind.ACCOUNT_DATA, span.globalKinds());
        assertEquals(
                List.of(new RoomChange(3, ChangeKind.EVENT)),
                known(feed.changes(104, 200)).rooms());
    }

    @Test
    void doesNotKnowWhatWasBeforeItBegan() {
        assertInstanceOf(Unknown.class, feed().changes(99, 200));
        assertInstanceOf(Unknown.class, new UserFeed(USER, 0).changes(99, 200));
    }

    @Test
    void whenItOverflowsTheOldestIsUnknownAndTheRestComplete() {
        UserFeed feed = feed();
        int count = UserFeed.RING_SIZE + 50;
        for (int i = 1; i <= count; i++) {
            feed.add(100 + i, i, ChangeKind.EVENT);
        }

        assertInstanceOf(Unknown.class, feed.changes(149, 1_000));
        List<RoomChange> rooms = known(feed.changes(150, 1_000)).rooms();
        assertEquals(UserFeed.RING_SIZE, rooms.size());
        assertEquals(51, rooms.getFirst().room());
        assertEquals(count, rooms.getLast().room());
    }

    @Test
    void aGapMakesWhatWasBeforeItUnknown() {
        UserFeed feed = feed();
        feed.add(101, 1, ChangeKind.EVENT);
        feed.forgetUpTo(110);

        assertInstanceOf(Unknown.class, feed.changes(109, 200));
        assertInstanceOf(Known.class, feed.changes(110, 200));
    }

    @Test
    void aReaderWhoLookedBeforeTheChangeIsNotLeftWaiting() throws InterruptedException {
        UserFeed feed = feed();
        long seen = feed.generation(true);
        feed.poke();

        assertTrue(feed.awaitChange(seen, true, Duration.ofMinutes(1)));
    }

    @Test
    void waitingEndsWithTheTimeoutAndWithTheServer() throws InterruptedException {
        UserFeed feed = feed();
        assertFalse(feed.awaitChange(feed.generation(true), true, Duration.ofMillis(1)));
        feed.close();
        assertFalse(feed.awaitChange(feed.generation(true), true, Duration.ofMinutes(1)));
    }
}
