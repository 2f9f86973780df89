package chat.hearth.rooms.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/// What a piece of work has read is at hand until it ends, and for nobody else.
final class AtHandTest {
    private final AtHand atHand = new AtHand();
    private final AtHand.Shelf<Long, String> names = atHand.shelf();
    private final AtHand.Shelf<Long, Integer> sizes = atHand.shelf();

    @Test
    void itIsKeptUntilTheWorkEnds() {
        String found =
                atHand.during(
                        () -> {
                            names.put(1L, "one");
                            sizes.put(1L, 100);
                            return names.find(1L) + sizes.find(1L) + names.find(2L);
                        });
        assertEquals("one100null", found);
        assertNull(names.find(1L));
        assertEquals("gone", atHand.during(() -> names.find(1L) == null ? "gone" : "there"));
    }

    @Test
    void workInsideOfWorkIsPartOfIt() {
        String found =
                atHand.during(
                        () -> {
                            var _ =
                                    atHand.during(
                                            () -> {
                                                names.put(1L, "inner");
                                                return true;
                                            });
                            return String.valueOf(names.find(1L));
                        });
        assertEquals("inner", found);
    }

    @Test
    void nothingIsKeptWhileNoWorkIsDone() {
        names.put(1L, "one");
        assertNull(names.find(1L));
    }

    @Test
    void othersDoNotSeeIt() throws InterruptedException {
        var seen = new String[] {"unset"};
        var other = Thread.ofVirtual().unstarted(() -> seen[0] = String.valueOf(names.find(1L)));
        var _ =
                atHand.during(
                        () -> {
                            names.put(1L, "one");
                            other.start();
                            return true;
                        });
        other.join();
        assertEquals("null", seen[0]);
    }
}
