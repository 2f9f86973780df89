package chat.hearth.rooms.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PageBudgetTest {
    private static final int FULL = PageBudget.BYTES_MAX;

    @Test
    void aPageEndsByItems() {
        var page = new PageBudget(2);
        assertTrue(page.take(1));
        assertFalse(page.isFull());
        assertTrue(page.take(1));
        assertTrue(page.isFull());
        assertFalse(page.take(0));
    }

    @Test
    void aPageEndsByBytes() {
        var page = new PageBudget(100);
        assertTrue(page.take(FULL - 10));
        assertFalse(page.take(11));
        assertFalse(page.isFull(), "something smaller may have room");
        assertTrue(page.take(10));
        assertTrue(page.isFull());
    }

    @Test
    void theFirstItemHasRoomHoweverLargeItIs() {
        var page = new PageBudget(100);
        assertTrue(page.take(3L * FULL));
        assertFalse(page.take(1));
    }

    @Test
    void aPageOfNothingIsFull() {
        assertTrue(new PageBudget(0).isFull());
        assertFalse(new PageBudget(0).take(1));
    }

    @Test
    void twoHalvesMakeAPage() {
        int taken = 0;
        for (PageBudget half = PageBudget.half(100); half.take(FULL / 8); ) {
            taken++;
        }
        assertEquals(4, taken);
    }
}
