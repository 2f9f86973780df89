package chat.hearth.homeserver.sync;

import chat.hearth.http.ByteSegments;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.stream.ChangeFeed;
import chat.hearth.rooms.stream.UserFeed;
import chat.hearth.rooms.typing.TypingTracker;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts answers together. Safe for use by several threads.
final class SyncAssembler {
    /// From so many rooms on, they are read in groups, each with one hop to the database.
    private static final int GROUPED_FROM = 4;

    /// So many rooms make a group: what is read stays within a few milliseconds.
    private static final int GROUP = 50;

    private final Stores stores;
    private final Rooms rooms;
    private final ChangeFeed changeFeed;
    private final TypingTracker typing;
    private final PresenceSource presence;
    private final RoomChanges changes;
    private final SettingsReader settings;
    private final RoomSections sections;

    SyncAssembler(
            Stores stores,
            Rooms rooms,
            ChangeFeed changeFeed,
            TypingTracker typing,
            PresenceSource presence,
            RoomSections sections) {
        this.stores = stores;
        this.rooms = rooms;
        this.changeFeed = changeFeed;
        this.typing = typing;
        this.presence = presence;
        this.changes = new RoomChanges(stores);
        this.settings = new SettingsReader(stores.accountData());
        this.sections = sections;
    }

    /// A room that may have to be shown, and the bits of what changed there.
    private record Candidate(Room room, int kinds) {}

    /// The answer for a stretch of the stream, empty when nothing happened in it.
    Optional<ByteSegments> news(SyncQuery query, SyncSpan span, UserFeed feed) {
        RoomChanges.Found found = changes.find(query, span, feed);
        Set<Integer> typed = typing.roomsChangedAfter(span.typingSince());
        AccountDataEvents accountData =
                found.hasAccountData()
                        ? AccountDataEvents.changed(
                                stores.accountData(), query.user(), span.since(), span.until())
                        : AccountDataEvents.none();
        var context =
                new SyncContext(
                        query, span, feed, settings.at(feed, span.until()), accountData, typed);
        addQuietRooms(found, context);
        RoomBlocks blocks = write(context, candidates(found, query));
        return body(context, blocks);
    }

    /// Adds rooms without news of their own where somebody types or account data changed. People
    /// type in all rooms of the server: those of others are not loaded.
    private void addQuietRooms(RoomChanges.Found found, SyncContext context) {
        context.accountData().rooms().forEach(room -> found.add(room, 0));
        for (int room : context.typing()) {
            if (!found.rooms().containsKey(room)
                    && changeFeed.reaches(room, context.feed())
                    && rooms.room(room).state().members().isJoined(context.query().user())) {
                found.add(room, 0);
            }
        }
    }

    /// Rooms are loaded here, outside of any snapshot: a room must be read as of now.
    private List<Candidate> candidates(RoomChanges.Found found, SyncQuery query) {
        var candidates = new ArrayList<Candidate>(found.rooms().size());
        for (Map.Entry<Integer, Integer> entry : found.rooms().entrySet()) {
            Room room = rooms.room(entry.getKey());
            if (query.filter().room().rooms().accepts(room.id().value())) {
                candidates.add(new Candidate(room, entry.getValue()));
            }
        }
        return candidates;
    }

    private RoomBlocks write(SyncContext context, List<Candidate> candidates) {
        var blocks = new RoomBlocks();
        if (candidates.size() < GROUPED_FROM) {
            candidates.forEach(each -> sections.write(blocks, context, each.room(), each.kinds()));
            return blocks;
        }
        for (int from = 0; from < candidates.size(); from += GROUP) {
            List<Candidate> group =
                    candidates.subList(from, Math.min(candidates.size(), from + GROUP));
            stores.snapshot(
                    () -> {
                        group.forEach(
                                each -> sections.write(blocks, context, each.room(), each.kinds()));
                        return blocks;
                    });
        }
        return blocks;
    }

    private Optional<ByteSegments> body(SyncContext context, RoomBlocks blocks) {
        SyncQuery query = context.query();
        SyncSpan span = context.span();
        List<byte[]> global =
                context.accountData()
                        .global(
                                query.filter().accountData(),
                                context.settings().rules(),
                                query.userId().value(),
                                span.initial());
        List<byte[]> present = presence(context);
        if (blocks.isEmpty() && global.isEmpty() && present.isEmpty() && !span.initial()) {
            return Optional.empty();
        }
        var body = new ByteSegments();
        body.add(new JsonWriter().ascii("{\"next_batch\":").string(span.next().text()).toBytes());
        blocks.writeTo(body);
        writeList(body, "account_data", global);
        writeList(body, "presence", present);
        return Optional.of(body.add("}"));
    }

    /// The latest, as many as the client asks for.
    private List<byte[]> presence(SyncContext context) {
        var filter = context.query().filter().presence();
        return presence.changed(context.query().user(), context.span().presenceSince()).stream()
                .filter(each -> filter.matches("m.presence", each.userId().value()))
                .limit(filter.limit(Integer.MAX_VALUE, Integer.MAX_VALUE))
                .map(PresenceSource.Presence::event)
                .toList();
    }

    private static void writeList(ByteSegments body, String name, List<byte[]> events) {
        if (events.isEmpty()) {
            return;
        }
        body.add(",\"" + name + "\":{\"events\":[");
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                body.add(",");
            }
            body.add(events.get(i));
        }
        body.add("]}");
    }
}
