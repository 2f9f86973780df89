package chat.hearth.rooms.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RecentPositionsTest {
    @Test
    void tellsWhatCameAfterTheRoomWasRead() {
        var recent = new RecentPositions(10);
        recent.add(12);
        recent.add(15);
        recent.add(20);

        assertArrayEquals(new long[] {12, 15, 20}, recent.between(10, 100));
        assertArrayEquals(new long[] {15}, recent.between(12, 19));
        assertArrayEquals(new long[0], recent.between(20, 100));
        assertNull(recent.between(9, 100));
    }

    @Test
    void forgetsTheOldestAndSaysSo() {
        var recent = new RecentPositions(0);
        for (int position = 1; position <= RecentPositions.SIZE + 1; position++) {
            recent.add(position);
        }

        assertNull(recent.between(0, 100));
        long[] all = recent.between(1, 100);
        assertArrayEquals(LongStream.rangeClosed(2, RecentPositions.SIZE + 1).toArray(), all);
    }
}
