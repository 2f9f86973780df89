package chat.hearth.acceptance.crash;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a client believes that only ever saw changes: the last receipt of everybody in one room,
/// and the last account data of its own user. A change that sync skipped stays wrong here.
final class Followed {

    private final String userId;
    private final String room;
    private final Map<String, String> readUpTo = new HashMap<>();
    private String accountData = Cell.ABSENT;

    /// @param userId whose sync it is
    /// @param room the room whose receipts are followed, empty for none
    Followed(String userId, String room) {
        this.userId = userId;
        this.room = room;
    }

    /// Takes in one sync answer.
    ///
    /// @return whether it held a receipt or account data of the load
    boolean note(JsonObject answer) {
        Map<String, String> receipts = Receipts.readUpTo(answer, room);
        readUpTo.putAll(receipts);
        boolean any = !receipts.isEmpty();
        for (var value :
                answer.object("account_data")
                        .flatMap(data -> data.array("events"))
                        .orElse(JsonArray.EMPTY)) {
            if (value instanceof JsonObject event
                    && event.string("type").orElse("").equals(Worker.ACCOUNT_DATA)) {
                accountData =
                        event.object("content").flatMap(c -> c.string("tag")).orElse(Cell.ABSENT);
                any = true;
            }
        }
        return any;
    }

    /// Where this differs from what an audit read of `worker` and settled in its `ledger`.
    List<String> differences(String worker, Ledger ledger) {
        List<String> found = new ArrayList<>();
        for (Cell cell : ledger.cells().keySet()) {
            switch (cell.kind()) {
                case RECEIPT -> {
                    if (cell.roomId().equals(room)) {
                        String shown = readUpTo.getOrDefault(worker, Cell.ABSENT);
                        compare(cell, ledger.settled(cell), shown, found);
                    }
                }
                case ACCOUNT_DATA -> {
                    if (worker.equals(userId)) {
                        compare(cell, ledger.settled(cell), accountData, found);
                    }
                }
                case STATE, MEMBERSHIP -> {
                    // They show as events, whose order is compared.
                }
            }
        }
        return found;
    }

    private void compare(Cell cell, String settled, String shown, List<String> found) {
        if (!settled.equals(shown)) {
            found.add(
                    "sync of %s last showed '%s' of %s, which is '%s'"
                            .formatted(userId, shown, cell, settled));
        }
    }
}
