package chat.hearth.acceptance.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.acceptance.crash.Timeline.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The audit's last look at everything, shown on made-up rooms: what was there after one kill must
/// be there after all of them, however long ago it was written.
final class LookBackTest {

    private static final String ROOM = "!room:localhost";
    private static final List<String> GROWN = List.of("$create", "$old", "$young");
    private static final List<Entry> WRITTEN = List.of(send("t-old", "$old"), send("t", "$young"));

    private static Entry send(String tag, String eventId) {
        return new Entry(tag, ROOM, 0, "/send", "{}", Outcome.ACKNOWLEDGED, eventId, null);
    }

    private static Seen seen(String eventId, String tag) {
        return new Seen(eventId, tag);
    }

    private static int found(Seen... whole) {
        return LookBack.differences(ROOM, GROWN, List.of(whole), WRITTEN).size();
    }

    @Test
    void aRoomThatIsAsItGrewPasses() {
        assertEquals(0, found(seen("$create", ""), seen("$old", "t-old"), seen("$young", "t")));
    }

    @Test
    void anOldEventThatIsGoneIsNoticedAsSuchAndAsALostWrite() {
        assertEquals(2, found(seen("$create", ""), seen("$young", "t")));
    }

    @Test
    void anOldEventThatIsThereTwiceIsNoticed() {
        Seen old = seen("$old", "t-old");
        assertEquals(2, found(seen("$create", ""), old, old, seen("$young", "t")));
    }

    @Test
    void eventsInAnotherOrderAreNoticed() {
        assertEquals(1, found(seen("$create", ""), seen("$young", "t"), seen("$old", "t-old")));
    }

    @Test
    void aWriteUnderAnotherEventIdIsNoticed() {
        assertEquals(2, found(seen("$create", ""), seen("$new", "t-old"), seen("$young", "t")));
    }

    @Test
    void aLedgerForgetsNothingThatAnAuditHasTaken() {
        var ledger = new Ledger();
        ledger.entry(send("t-old", "$old"));
        ledger.registration("first", Outcome.UNKNOWN);
        assertEquals(1, ledger.takeEntries().size());
        assertEquals(1, ledger.takeRegistrations().size());
        ledger.entry(send("t", "$young"));
        ledger.registration("second", Outcome.ACKNOWLEDGED);
        assertEquals(List.of("t"), ledger.takeEntries().stream().map(Entry::tag).toList());
        assertEquals(List.of("second"), List.copyOf(ledger.takeRegistrations().keySet()));
        assertEquals(WRITTEN, ledger.entries());
        assertEquals(List.of("first", "second"), List.copyOf(ledger.registrations()));
    }
}
