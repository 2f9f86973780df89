package chat.hearth.homeserver.sync;

import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.history.EventPieces;
import chat.hearth.rooms.history.EventRenderer;
import chat.hearth.rooms.history.EventRenderer.Viewer;
import chat.hearth.rooms.history.RoomSight;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.stream.StreamToken;
import chat.hearth.rooms.unread.UnreadCount;
import chat.hearth.rooms.unread.UnreadCounts;
import chat.hearth.storage.EventOutline;
import chat.hearth.storage.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Writes the rooms of an answer as JSON, when everything was gathered.
final class RoomWriter {
    private final EventCache cache;
    private final EventPieces pieces;
    private final EventRenderer renderer;
    private final EventList events;
    private final RoomSummary summaries;

    RoomWriter(
            EventCache cache, EventPieces pieces, EventRenderer renderer, RoomSummary summaries) {
        this.cache = cache;
        this.pieces = pieces;
        this.renderer = renderer;
        this.events = new EventList(renderer);
        this.summaries = summaries;
    }

    /// The rooms as JSON, each with its id before it.
    ///
    /// @param rooms so few that their events may be in memory together
    List<byte[]> all(SyncContext context, List<RoomParts> rooms) {
        readAhead(context, rooms);
        var written = new ArrayList<byte[]>(rooms.size());
        for (RoomParts parts : rooms) {
            var out = new JsonWriter((int) parts.bytes() + 1024);
            write(context, parts, out, _ -> {});
            written.add(out.toBytes());
        }
        return written;
    }

    /// Writes a room whose events may not be in memory together, with its id before it.
    ///
    /// @param part takes one part after the other
    void large(SyncContext context, RoomParts parts, Consumer<JsonWriter> part) {
        var out = new JsonWriter(1024);
        write(
                context,
                parts,
                out,
                piece -> {
                    part.accept(piece);
                    piece.clear();
                });
        part.accept(out);
    }

    private void readAhead(SyncContext context, List<RoomParts> rooms) {
        if (rooms.size() < 2) {
            return;
        }
        cache.readAhead(
                rooms.stream()
                        .flatMapToLong(
                                parts ->
                                        LongStream.concat(
                                                positions(parts.shown().timeline().events()),
                                                positions(parts.state()))));
        Map<RoomSight, List<StoredEvent>> timelines = new HashMap<>();
        var state = new ArrayList<StoredEvent>();
        for (RoomParts parts : rooms) {
            Shown shown = parts.shown();
            timelines.put(shown.view().sight(), texts(shown.timeline().events()));
            state.addAll(texts(parts.state()));
        }
        SyncQuery query = context.query();
        renderer.readAhead(timelines, state, query.user(), query.device());
        summaries.readAhead(rooms.stream().map(RoomParts::shown).toList());
    }

    private List<StoredEvent> texts(List<EventOutline> outlines) {
        return cache.all(positions(outlines).toArray());
    }

    private static LongStream positions(List<EventOutline> outlines) {
        return outlines.stream().mapToLong(EventOutline::position);
    }

    private void write(
            SyncContext context, RoomParts parts, JsonWriter out, Consumer<JsonWriter> piece) {
        Shown shown = parts.shown();
        out.string(shown.roomId()).ascii(":{");
        writeEvents(out, context, parts, piece);
        if (shown.summed()) {
            summaries.write(out.ascii(",\"summary\":"), shown.view().state(), shown.heroes());
        }
        UnreadCounts unread = parts.unread();
        if (unread != null) {
            writeList(out, ",\"ephemeral\":", parts.ephemeral().iterator(), piece);
        }
        Stream<byte[]> personal =
                parts.accountData().stream()
                        .flatMap(data -> context.accountData().event(data).stream());
        writeList(out, ",\"account_data\":", personal.iterator(), piece);
        if (unread != null) {
            writeUnread(out, context, unread);
        }
        out.ascii('}');
    }

    private void writeEvents(
            JsonWriter out, SyncContext context, RoomParts parts, Consumer<JsonWriter> piece) {
        SyncQuery query = context.query();
        var viewer = new Viewer(parts.shown().view().sight(), query.user(), query.device());
        Timeline timeline = parts.shown().timeline();
        out.ascii("\"timeline\":{\"events\":[");
        events.timeline(out, texts(timeline.events()), query.filter(), viewer);
        out.ascii("],\"limited\":").ascii(timeline.limited() ? "true" : "false");
        out.ascii(",\"prev_batch\":").string(StreamToken.at(timeline.start()).text()).ascii('}');
        out.ascii(query.stateAfter() ? ",\"state_after\":" : ",\"state\":");
        out.ascii("{\"events\":[");
        var between = new boolean[1];
        pieces.read(
                parts.state(),
                some -> {
                    if (between[0]) {
                        piece.accept(out.ascii(','));
                    }
                    between[0] = true;
                    events.state(out, some, query.filter(), viewer);
                });
        out.ascii("]}");
    }

    private static void writeList(
            JsonWriter out, String name, Iterator<byte[]> events, Consumer<JsonWriter> piece) {
        out.ascii(name).ascii("{\"events\":[");
        while (events.hasNext()) {
            out.raw(events.next());
            if (events.hasNext()) {
                out.ascii(',');
                piece.accept(out);
            }
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
