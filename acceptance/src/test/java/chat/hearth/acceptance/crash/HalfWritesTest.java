package chat.hearth.acceptance.crash;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The audit's judgement on writes that a kill cut off, shown on made-up outcomes: it lets whole
/// writes and writes that never were pass, and no other.
final class HalfWritesTest {

    private static final Cell STATE = new Cell(Cell.Kind.STATE, 0, "!own:localhost");
    private static final Cell LOBBY = new Cell(Cell.Kind.MEMBERSHIP, 0, "!lobby:localhost");

    private static Entry write(String tag, Entry.@Nullable Setting sets) {
        return new Entry(tag, "!room:localhost", 0, null, "{}", Outcome.UNKNOWN, null, sets);
    }

    private static Entry state(String tag) {
        return write(tag, new Entry.Setting(STATE, tag));
    }

    private static boolean isHalf(Cell cell, String before, String value, Set<String> shown) {
        List<Entry> writes =
                List.of(
                        state("s1"),
                        write("message", null),
                        write("j1", new Entry.Setting(LOBBY, Cell.JOINED)),
                        state("s2"));
        return HalfWrites.find(cell, before, value, writes, shown).isPresent();
    }

    @Test
    void aCutOffWriteIsThereWhollyOrNotAtAll() {
        assertFalse(isHalf(STATE, "s0", "s2", Set.of("s1", "s2")));
        assertFalse(isHalf(STATE, "s0", "s1", Set.of("s1")));
        assertFalse(isHalf(STATE, "s0", "s0", Set.of()));
        assertFalse(isHalf(LOBBY, Cell.ABSENT, Cell.JOINED, Set.of("j1")));
        assertFalse(isHalf(LOBBY, Cell.ABSENT, Cell.ABSENT, Set.of("s1", "s2")));
    }

    @Test
    void anEventWithoutItsValueIsHalfAWrite() {
        assertTrue(isHalf(STATE, "s0", "s1", Set.of("s1", "s2")));
        assertTrue(isHalf(STATE, "s0", "s0", Set.of("s1")));
        assertTrue(isHalf(LOBBY, Cell.ABSENT, Cell.ABSENT, Set.of("j1")));
    }

    @Test
    void aValueWithoutItsEventIsHalfAWrite() {
        assertTrue(isHalf(STATE, "s0", "s2", Set.of("s1")));
        assertTrue(isHalf(STATE, "s0", "s1", Set.of()));
        assertTrue(isHalf(LOBBY, Cell.ABSENT, Cell.JOINED, Set.of()));
    }

    @Test
    void ofSeveralWritesTheLastThatIsShownCounts() {
        assertFalse(isHalf(STATE, "s0", "s2", Set.of("s2")));
        assertTrue(isHalf(STATE, "s0", "s1", Set.of("s1", "s2", "message")));
    }
}
