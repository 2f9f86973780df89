package chat.hearth.homeserver.sync;

import static java.util.stream.Collectors.groupingBy;

import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.typing.TypingTracker;
import chat.hearth.storage.EventStore;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The ephemeral events of a room: who is typing, and who has read up to where.
///
/// See [Receipts](https://spec.matrix.org/v1.19/client-server-api/#receipts) and [Typing
/// notifications](https://spec.matrix.org/v1.19/client-server-api/#typing-notifications).
final class EphemeralEvents {
    /// Receipts of rooms that are read together; in a room with more, the oldest of others are left
    /// out. So many are a megabyte or two.
    static final int RECEIPTS_MAX = 10_000;

    /// What every room has of them, when one has very many.
    private static final int RECEIPTS_OF_EACH = 200;

    static final String PUBLIC = "m.read";
    private static final String PRIVATE = "m.read.private";

    private final Stores stores;
    private final IdentifierStore identifiers;
    private final TypingTracker typing;

    EphemeralEvents(Stores stores, TypingTracker typing) {
        this.stores = stores;
        this.identifiers = stores.identifiers();
        this.typing = typing;
    }

    /// The receipts of several rooms that moved and that a user may see, by room.
    Map<Integer, List<Receipt>> receipts(List<RoomView> views, int user, Set<String> ignored) {
        Map<Integer, List<Receipt>> receipts = new HashMap<>();
        if (views.isEmpty()) {
            return receipts;
        }
        views.stream()
                .collect(groupingBy(view -> new Span(view.since(), view.until())))
                .forEach((span, alike) -> receipts.putAll(receipts(alike, user, span)));
        if (!ignored.isEmpty()) {
            var _ = identifiers.users(users(receipts));
        }
        receipts.replaceAll(
                (_, ofRoom) ->
                        ofRoom.stream().filter(each -> mayShow(each, user, ignored)).toList());
        return receipts;
    }

    private record Span(long after, long upTo) {}

    /// When there are too many for all rooms together, each is read on its own, and has as many as
    /// the others leave.
    private Map<Integer, List<Receipt>> receipts(List<RoomView> views, int user, Span span) {
        int[] rooms = views.stream().mapToInt(view -> view.room().number()).toArray();
        List<Receipt> changed = changed(rooms, user, span, RECEIPTS_MAX);
        if (changed.size() < RECEIPTS_MAX || rooms.length == 1) {
            return changed.stream().collect(groupingBy(Receipt::room));
        }
        Map<Integer, List<Receipt>> receipts = new HashMap<>();
        int left = RECEIPTS_MAX;
        for (int i = 0; i < rooms.length; i++) {
            int others = RECEIPTS_OF_EACH * (rooms.length - 1 - i);
            int max = Math.max(RECEIPTS_OF_EACH, left - others);
            List<Receipt> ofRoom = changed(new int[] {rooms[i]}, user, span, max);
            left -= ofRoom.size();
            receipts.put(rooms[i], ofRoom);
        }
        return receipts;
    }

    private List<Receipt> changed(int[] rooms, int user, Span span, int max) {
        return stores.receipts().changedFor(rooms, user, PUBLIC, span.after(), span.upTo(), max);
    }

    private static int[] users(Map<Integer, List<Receipt>> receipts) {
        return receipts.values().stream()
                .flatMap(List::stream)
                .mapToInt(Receipt::user)
                .distinct()
                .toArray();
    }

    private boolean mayShow(Receipt receipt, int user, Set<String> ignored) {
        if (receipt.user() == user) {
            return receipt.type().equals(PUBLIC) || receipt.type().equals(PRIVATE);
        }
        return receipt.type().equals(PUBLIC)
                && (ignored.isEmpty()
                        || !ignored.contains(identifiers.user(receipt.user()).value()));
    }

    /// The ephemeral events of several rooms as elements of JSON arrays, by room.
    Map<Integer, List<byte[]>> events(
            SyncContext context, List<Shown> rooms, Map<Integer, List<Receipt>> receipts) {
        RoomEventFilter filter = context.query().filter().room().ephemeral();
        Map<Integer, List<Receipt>> told = filter.matches("m.receipt", "") ? receipts : Map.of();
        Map<Long, EventId> ids = told.isEmpty() ? Map.of() : ids(told);
        if (!told.isEmpty()) {
            var _ = identifiers.users(users(told));
        }
        Map<Integer, List<byte[]>> events = new HashMap<>();
        for (Shown each : rooms) {
            if (filter.wants(each.roomId())) {
                var ofRoom = new ArrayList<byte[]>();
                if (filter.matches("m.typing", "")) {
                    addTyping(ofRoom, context, each.view());
                }
                addReceipts(ofRoom, told.getOrDefault(each.room(), List.of()), ids);
                events.put(each.room(), ofRoom);
            }
        }
        return events;
    }

    private Map<Long, EventId> ids(Map<Integer, List<Receipt>> receipts) {
        long[] positions =
                receipts.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(Receipt::event)
                        .distinct()
                        .toArray();
        Map<Long, EventId> ids = new HashMap<>();
        for (int from = 0; from < positions.length; from += EventStore.BATCH_MAX) {
            int to = Math.min(positions.length, from + EventStore.BATCH_MAX);
            ids.putAll(stores.events().ids(Arrays.copyOfRange(positions, from, to)));
        }
        return ids;
    }

    /// Who types is told when that changed, even if it is nobody, and with a room that is new.
    private void addTyping(List<byte[]> events, SyncContext context, RoomView view) {
        int room = view.room().number();
        boolean changed = context.typing().contains(room);
        if (!changed && !view.isNew()) {
            return;
        }
        List<String> users = typing(room, context.settings().ignored());
        if (users.isEmpty()) {
            context.typingTold().end(room);
        }
        if (users.isEmpty() ? changed : context.typingTold().begin(room)) {
            events.add(typingEvent(users));
        }
    }

    private void addReceipts(List<byte[]> events, List<Receipt> receipts, Map<Long, EventId> ids) {
        Map<String, List<Receipt>> byThread = new LinkedHashMap<>();
        receipts.forEach(
                receipt ->
                        byThread.computeIfAbsent(receipt.thread(), _ -> new ArrayList<>())
                                .add(receipt));
        byThread.values().forEach(thread -> events.add(receiptEvent(thread, ids)));
    }

    private List<String> typing(int room, Set<String> ignored) {
        return typing.typing(room).stream()
                .map(user -> identifiers.user(user).value())
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
    private byte[] receiptEvent(List<Receipt> receipts, Map<Long, EventId> ids) {
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
                out.ascii(between).string(identifiers.user(receipt.user()).value());
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
