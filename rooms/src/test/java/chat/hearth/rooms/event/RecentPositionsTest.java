package chat.hearth.rooms.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RecentPositionsTest {
    @Test
    void tellsWhatCameAfterTheRoomWasRead() {
        var recent = new RecentPositions(new long[] {11}, false);
        recent.add(12);
        recent.add(15);
        recent.add(20);

        assertArrayEquals(new long[] {11, 12, 15, 20}, recent.between(10, 100));
        assertArrayEquals(new long[] {15}, recent.between(12, 19));
        assertArrayEquals(new long[0], recent.between(20, 100));
        assertNull(recent.between(9, 100));
    }

    @Test
    void forgetsTheOldestAndSaysSo() {
        var recent = new RecentPositions(new long[0], true);
        for (int position = 1; position <= RecentPositions.SIZE + 1; position++) {
            recent.add(position);
        }

        assertNull(recent.between(0, 100));
        long[] all = recent.between(1, 100);
        assertArrayEquals(LongStream.rangeClosed(2, RecentPositions.SIZE + 1).toArray(), all);
    }

    @Test
    void knowsARoomWithFewEventsFromItsBeginning() {
        var recent = new RecentPositions(new long[] {3, 5}, true);
        recent.add(8);

        assertArrayEquals(new long[] {3, 5, 8}, recent.between(0, 100));
        assertArrayEquals(new long[] {3, 5, 8}, recent.latest(10, 100));
        assertArrayEquals(new long[] {3, 5}, recent.latest(10, 7));
        assertArrayEquals(new long[] {5, 8}, recent.latest(2, 100));
    }

    @Test
    void saysWhenThereMayBeMore() {
        var recent = new RecentPositions(new long[] {3, 5}, false);

        assertNull(recent.latest(3, 100));
        assertNull(recent.between(1, 100));
        assertArrayEquals(new long[] {3, 5}, recent.latest(2, 100));
        assertArrayEquals(new long[] {3, 5}, recent.between(2, 100));
    }
}
