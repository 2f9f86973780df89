package chat.hearth.homeserver.sync;

import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.history.EventRenderer;
import chat.hearth.rooms.history.EventRenderer.Viewer;
import chat.hearth.rooms.history.RoomSight;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.stream.StreamToken;
import chat.hearth.rooms.unread.UnreadCount;
import chat.hearth.rooms.unread.UnreadCounts;
import chat.hearth.storage.StoredEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes the rooms of an answer as JSON, when everything was gathered.
final class RoomWriter {
    private final EventCache cache;
    private final EventRenderer renderer;
    private final EventList events;
    private final RoomSummary summaries;

    RoomWriter(EventCache cache, EventRenderer renderer, RoomSummary summaries) {
        this.cache = cache;
        this.renderer = renderer;
        this.events = new EventList(renderer);
        this.summaries = summaries;
    }

    /// Reads what writing several rooms takes, for the running work.
    void readAhead(SyncContext context, List<RoomParts> rooms) {
        if (rooms.size() < 2) {
            return;
        }
        Map<RoomSight, List<StoredEvent>> timelines = new HashMap<>();
        for (RoomParts parts : rooms) {
            Shown shown = parts.shown();
            timelines.put(shown.view().sight(), shown.timeline().events());
        }
        renderer.readAhead(
                timelines,
                rooms.stream().flatMap(parts -> parts.state().stream()).toList(),
                context.query().user(),
                context.query().device());
        summaries.readAhead(rooms.stream().map(RoomParts::shown).toList());
    }

    /// A joined room, with its id before it.
    byte[] joined(SyncContext context, RoomParts parts, UnreadCounts unread) {
        Shown shown = parts.shown();
        var out = new JsonWriter(1024);
        out.string(shown.roomId()).ascii(":{");
        writeEvents(out, context, parts);
        if (shown.summed()) {
            summaries.write(out.ascii(",\"summary\":"), shown.view().state(), shown.heroes());
        }
        writeList(out, ",\"ephemeral\":", parts.ephemeral());
        writeList(out, ",\"account_data\":", parts.accountData());
        writeUnread(out, context, unread);
        return out.ascii('}').toBytes();
    }

    /// A room that was left, with its id before it.
    byte[] left(SyncContext context, RoomParts parts) {
        var out = new JsonWriter(1024);
        out.string(parts.shown().roomId()).ascii(":{");
        writeEvents(out, context, parts);
        writeList(out, ",\"account_data\":", parts.accountData());
        return out.ascii('}').toBytes();
    }

    private void writeEvents(JsonWriter out, SyncContext context, RoomParts parts) {
        SyncQuery query = context.query();
        var viewer = new Viewer(parts.shown().view().sight(), query.user(), query.device());
        Timeline timeline = parts.shown().timeline();
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

    private void writeUnread(JsonWriter out, SyncContext context, UnreadCounts counts) {
        var timeline = context.query().filter().room().timeline();
        boolean threads = timeline.unreadThreadNotifications();
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
