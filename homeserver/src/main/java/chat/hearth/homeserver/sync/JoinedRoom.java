package chat.hearth.homeserver.sync;

import chat.hearth.protocol.filter.RoomFilter;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.history.EventRenderer.Viewer;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.stream.ChangeKind;
import chat.hearth.rooms.stream.StreamToken;
import chat.hearth.rooms.unread.Reader;
import chat.hearth.rooms.unread.UnreadCount;
import chat.hearth.rooms.unread.UnreadCounter;
import chat.hearth.rooms.unread.UnreadCounts;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import java.util.List;
import java.util.Map;

/// Writes rooms that the user has joined, and those that the user has left.
final class JoinedRoom {
    private static final int ACCOUNT_DATA_MAX = 1_000;
    private static final int[] NO_HEROES = {};

    private final Stores stores;
    private final EventCache cache;
    private final TimelineReader timelines;
    private final TimelineState states;
    private final RoomSummary summaries;
    private final EphemeralEvents ephemeral;
    private final EventList events;
    private final UnreadCounter unread;

    JoinedRoom(
            Stores stores,
            EventCache cache,
            TimelineReader timelines,
            TimelineState states,
            RoomSummary summaries,
            EphemeralEvents ephemeral,
            EventList events,
            UnreadCounter unread) {
        this.stores = stores;
        this.cache = cache;
        this.timelines = timelines;
        this.states = states;
        this.summaries = summaries;
        this.ephemeral = ephemeral;
        this.events = events;
        this.unread = unread;
    }

    /// What is gathered for a room before it is written.
    private record Parts(
            Timeline timeline,
            List<StoredEvent> state,
            List<byte[]> ephemeral,
            List<byte[]> accountData) {
        boolean isEmpty() {
            return timeline.events().isEmpty()
                    && !timeline.limited()
                    && state.isEmpty()
                    && ephemeral.isEmpty()
                    && accountData.isEmpty();
        }
    }

    /// Writes a joined room unless there is nothing to tell of it.
    ///
    /// @return whether it was written
    boolean writeJoined(JsonWriter out, SyncContext context, RoomView view) {
        SyncQuery query = context.query();
        RoomFilter filter = query.filter().room();
        String roomId = view.room().id().value();
        Timeline timeline = timeline(context, view, roomId);
        boolean full = view.isNew() || query.fullState();
        boolean summed = full || timeline.summaryChanged();
        int[] heroes = summed ? summaries.heroes(view.state(), query.user()) : NO_HEROES;
        List<StoredEvent> state =
                filter.state().wants(roomId)
                        ? states.read(query, view, timeline, heroes)
                        : List.of();
        boolean receiptsWanted = full || view.changed(ChangeKind.RECEIPT);
        List<Receipt> receipts =
                receiptsWanted
                        ? ephemeral.receipts(view, query.user(), context.settings().ignored())
                        : List.of();
        var parts =
                new Parts(
                        timeline,
                        state,
                        filter.ephemeral().wants(roomId)
                                ? ephemeral.events(
                                        view,
                                        receipts,
                                        context.showsTyping(view),
                                        filter.ephemeral(),
                                        context.settings().ignored())
                                : List.of(),
                        accountData(context, view, roomId));
        boolean read = receipts.stream().anyMatch(receipt -> receipt.user() == query.user());
        if (parts.isEmpty() && !summed && !read) {
            return false;
        }
        out.string(roomId).ascii(":{");
        writeEvents(out, context, view, parts);
        if (summed) {
            summaries.write(out.ascii(",\"summary\":"), view.state(), heroes);
        }
        writeList(out, ",\"ephemeral\":", parts.ephemeral());
        writeList(out, ",\"account_data\":", parts.accountData());
        writeUnread(out, context, view.room());
        out.ascii('}');
        return true;
    }

    /// Writes a room that was left, up to the leaving.
    void writeLeft(JsonWriter out, SyncContext context, RoomView view) {
        String roomId = view.room().id().value();
        Timeline timeline = timeline(context, view, roomId);
        List<StoredEvent> state =
                view.stateUntil() != 0 && context.query().filter().room().state().wants(roomId)
                        ? states.read(context.query(), view, timeline, NO_HEROES)
                        : List.of();
        var parts = new Parts(timeline, state, List.of(), accountData(context, view, roomId));
        out.string(roomId).ascii(":{");
        writeEvents(out, context, view, parts);
        writeList(out, ",\"account_data\":", parts.accountData());
        out.ascii('}');
    }

    private Timeline timeline(SyncContext context, RoomView view, String roomId) {
        RoomFilter filter = context.query().filter().room();
        if (!view.isNew() && !view.changed(ChangeKind.EVENT)) {
            return Timeline.empty(view.until());
        }
        if (!filter.timeline().acceptsRoom(roomId)) {
            return new Timeline(List.of(), false, view.until(), false, states.isChanged(view));
        }
        return timelines.read(view, filter.timeline(), context.settings().ignored());
    }

    private List<byte[]> accountData(SyncContext context, RoomView view, String roomId) {
        var filter = context.query().filter().room().accountData();
        if (!filter.wants(roomId)) {
            return List.of();
        }
        SyncQuery query = context.query();
        String userId = query.userId().value();
        int room = view.room().number();
        if (view.isNew() && !context.span().initial()) {
            List<AccountData> all = stores.accountData().of(query.user(), room, ACCOUNT_DATA_MAX);
            return all.stream()
                    .filter(data -> filter.matches(data.type(), userId))
                    .map(AccountDataEvents::event)
                    .toList();
        }
        return context.accountData().of(room, filter.events(), userId);
    }

    private void writeEvents(JsonWriter out, SyncContext context, RoomView view, Parts parts) {
        SyncQuery query = context.query();
        var viewer = new Viewer(view.sight(), query.user(), query.device());
        Timeline timeline = parts.timeline();
        out.ascii("\"timeline\":{\"events\":[");
        events.timeline(out, timeline.events(), query.filter(), viewer);
        out.ascii("],\"limited\":").ascii(timeline.limited() ? "true" : "false");
        out.ascii(",\"prev_batch\":").string(StreamToken.at(timeline.start()).text()).ascii('}');
        out.ascii(query.stateAfter() ? ",\"state_after\":" : ",\"state\":");
        out.ascii("{\"events\":[");
        events.state(out, parts.state(), query.filter(), viewer);
        out.ascii("]}");
    }

    private static void writeList(JsonWriter out, String name, List<byte[]> events) {
        out.ascii(name).ascii("{\"events\":[");
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                out.ascii(',');
            }
            out.raw(events.get(i));
        }
        out.ascii("]}");
    }

    private void writeUnread(JsonWriter out, SyncContext context, Room room) {
        SyncQuery query = context.query();
        var reader =
                new Reader(
                        query.user(),
                        query.userId(),
                        context.settings().rules(),
                        context.settings().ignored(),
                        context.feed());
        UnreadCounts counts = unread.count(room, reader, context.span().until());
        boolean threads = query.filter().room().timeline().unreadThreadNotifications();
        out.ascii(",\"unread_notifications\":");
        write(out, threads ? counts.main() : counts.total());
        if (threads) {
            out.ascii(",\"unread_thread_notifications\":");
            char separator = '{';
            for (Map.Entry<Long, UnreadCount> thread : counts.threads().entrySet()) {
                String root = cache.require(thread.getKey()).eventId().value();
                out.ascii(separator).string(root).ascii(':');
                write(out, thread.getValue());
                separator = ',';
            }
            out.ascii(separator == '{' ? "{}" : "}");
        }
    }

    private static void write(JsonWriter out, UnreadCount count) {
        out.ascii("{\"notification_count\":").number(count.notifications());
        out.ascii(",\"highlight_count\":").number(count.highlights()).ascii('}');
    }
}
