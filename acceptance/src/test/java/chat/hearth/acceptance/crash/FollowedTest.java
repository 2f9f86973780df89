package chat.hearth.acceptance.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The audit's judgement on sync, shown on made-up answers: whoever misses a receipt or account
/// data believes something else than what is stored.
final class FollowedTest {

    private static final String ROOM = "!shared:localhost";
    private static final String WRITER = "@writer:localhost";

    private static JsonObject receipt(String eventId) {
        String content = "{\"%s\":{\"m.read\":{\"%s\":{\"ts\":1}}}}".formatted(eventId, WRITER);
        String event = "{\"type\":\"m.receipt\",\"content\":" + content + "}";
        return JsonReader.readObject(
                "{\"rooms\":{\"join\":{\"%s\":{\"ephemeral\":{\"events\":[%s]}}}}}"
                        .formatted(ROOM, event));
    }

    private static JsonObject accountData(String tag) {
        return JsonReader.readObject(
                "{\"account_data\":{\"events\":[{\"type\":\"%s\",\"content\":{\"tag\":\"%s\"}}]}}"
                        .formatted(Worker.ACCOUNT_DATA, tag));
    }

    private static Ledger settled(Cell cell, String value) {
        var ledger = new Ledger();
        ledger.cell(cell, value, Outcome.ACKNOWLEDGED);
        ledger.settle(cell, value);
        return ledger;
    }

    @Test
    void aSkippedReceiptIsNoticed() {
        var ledger = settled(new Cell(Cell.Kind.RECEIPT, 0, ROOM), "$two");
        var followed = new Followed("@reader:localhost", ROOM);
        assertTrue(followed.note(receipt("$one")));
        assertEquals(1, followed.differences(WRITER, ledger).size());
        followed.note(receipt("$two"));
        assertFalse(followed.note(JsonObject.EMPTY));
        assertEquals(List.of(), followed.differences(WRITER, ledger));
    }

    @Test
    void skippedAccountDataIsNoticedByTheUsersOwnDevice() {
        var ledger = settled(new Cell(Cell.Kind.ACCOUNT_DATA, 0, ""), "two");
        var device = new Followed(WRITER, "");
        assertTrue(device.note(accountData("one")));
        assertEquals(1, device.differences(WRITER, ledger).size());
        device.note(accountData("two"));
        assertEquals(List.of(), device.differences(WRITER, ledger));
        assertEquals(List.of(), new Followed("@reader:localhost", "").differences(WRITER, ledger));
    }
}
