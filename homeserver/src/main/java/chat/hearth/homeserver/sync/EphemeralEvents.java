package chat.hearth.homeserver.sync;

import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.typing.TypingTracker;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The ephemeral events of a room: who is typing, and who has read up to where.
///
/// See [Receipts](https://spec.matrix.org/v1.19/client-server-api/#receipts) and [Typing
/// notifications](https://spec.matrix.org/v1.19/client-server-api/#typing-notifications).
final class EphemeralEvents {
    /// Receipts of one room in one answer; in a room with more, the oldest of others are left out.
    private static final int RECEIPTS_MAX = 20_000;

    private static final String PUBLIC = "m.read";
    private static final String PRIVATE = "m.read.private";

    private final Stores stores;
    private final TypingTracker typing;

    EphemeralEvents(Stores stores, TypingTracker typing) {
        this.stores = stores;
        this.typing = typing;
    }

    /// The receipts of a room that moved and that a user may see.
    List<Receipt> receipts(RoomView view, int user, Set<String> ignored) {
        List<Receipt> changed =
                stores.receipts()
                        .changedFor(
                                view.room().number(),
                                user,
                                PUBLIC,
                                view.since(),
                                view.until(),
                                RECEIPTS_MAX);
        return changed.stream().filter(receipt -> mayShow(receipt, user, ignored)).toList();
    }

    private boolean mayShow(Receipt receipt, int user, Set<String> ignored) {
        if (receipt.user() == user) {
            return receipt.type().equals(PUBLIC) || receipt.type().equals(PRIVATE);
        }
        return receipt.type().equals(PUBLIC)
                && (ignored.isEmpty()
                        || !ignored.contains(stores.identifiers().user(receipt.user()).value()));
    }

    /// The room's ephemeral events as elements of a JSON array.
    ///
    /// @param withTyping whether the list of those who type goes with them even when it is empty
    /// @param ignored ids of the users who are not shown typing
    List<byte[]> events(
            RoomView view,
            List<Receipt> receipts,
            boolean withTyping,
            RoomEventFilter filter,
            Set<String> ignored) {
        var events = new ArrayList<byte[]>();
        if ((withTyping || view.isNew()) && filter.matches("m.typing", "")) {
            List<String> users = typing(view.room().number(), ignored);
            if (withTyping || !users.isEmpty()) {
                events.add(typingEvent(users));
            }
        }
        if (!receipts.isEmpty() && filter.matches("m.receipt", "")) {
            Map<String, List<Receipt>> byThread = new LinkedHashMap<>();
            receipts.forEach(
                    receipt ->
                            byThread.computeIfAbsent(receipt.thread(), _ -> new ArrayList<>())
                                    .add(receipt));
            byThread.values().forEach(thread -> events.add(receiptEvent(thread)));
        }
        return events;
    }

    private List<String> typing(int room, Set<String> ignored) {
        return typing.typing(room).stream()
                .map(user -> stores.identifiers().user(user).value())
                .filter(user -> !ignored.contains(user))
                .toList();
    }

    private static byte[] typingEvent(List<String> users) {
        var out = new JsonWriter();
        out.ascii("{\"type\":\"m.typing\",\"content\":{\"user_ids\":[");
        boolean first = true;
        for (String user : users) {
            if (!first) {
                out.ascii(',');
            }
            first = false;
            out.string(user);
        }
        return out.ascii("]}}").toBytes();
    }

    /// One event with the receipts of one thread: a user may have one receipt of a type in each.
    private byte[] receiptEvent(List<Receipt> receipts) {
        Map<Long, EventId> ids =
                stores.events()
                        .ids(receipts.stream().mapToLong(Receipt::event).distinct().toArray());
        Map<Long, Map<String, List<Receipt>>> byEvent = new LinkedHashMap<>();
        for (Receipt receipt : receipts) {
            if (ids.containsKey(receipt.event())) {
                byEvent.computeIfAbsent(receipt.event(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(receipt.type(), _ -> new ArrayList<>())
                        .add(receipt);
            }
        }
        var out = new JsonWriter();
        out.ascii("{\"type\":\"m.receipt\",\"content\":");
        char separator = '{';
        for (Map.Entry<Long, Map<String, List<Receipt>>> event : byEvent.entrySet()) {
            out.ascii(separator).string(String.valueOf(ids.get(event.getKey()))).ascii(':');
            separator = ',';
            writeTypes(out, event.getValue());
        }
        if (separator == '{') {
            out.ascii('{');
        }
        return out.ascii("}}").toBytes();
    }

    private void writeTypes(JsonWriter out, Map<String, List<Receipt>> byType) {
        char separator = '{';
        for (Map.Entry<String, List<Receipt>> type : byType.entrySet()) {
            out.ascii(separator).string(type.getKey()).ascii(':');
            separator = ',';
            char between = '{';
            for (Receipt receipt : type.getValue()) {
                out.ascii(between).string(stores.identifiers().user(receipt.user()).value());
                between = ',';
                out.ascii(":{\"ts\":").number(receipt.ts());
                if (!receipt.thread().isEmpty()) {
                    out.ascii(",\"thread_id\":").string(receipt.thread());
                }
                out.ascii('}');
            }
            out.ascii('}');
        }
        out.ascii('}');
    }
}
