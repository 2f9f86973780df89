package chat.hearth.homeserver.sync;

import chat.hearth.homeserver.sync.RoomSections.Candidate;
import chat.hearth.http.ByteSegments;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.state.AtHand;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.stream.ChangeFeed;
import chat.hearth.rooms.stream.UserFeed;
import chat.hearth.rooms.typing.TypingTracker;
import chat.hearth.storage.ReadDroppedException;
import chat.hearth.storage.ReadScopes;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Puts answers together. Safe for use by several threads.
final class SyncAssembler {
    /// From so many rooms on, what they need is read ahead, at one moment and with one hop to the
    /// database. What fewer need is likely to be in memory.
    private static final int AHEAD_FROM = 4;

    /// So many rooms make a group, which is read together: what it takes stays within a few
    /// milliseconds.
    private static final int GROUP_MAX = 50;

    /// A group has about so many state events at most, members among them, but for a single room
    /// with more: all that is read of a group is in memory at once.
    private static final int GROUP_STATE_MAX = 20_000;

    private final Stores stores;
    private final EventCache cache;
    private final Rooms rooms;
    private final ChangeFeed changeFeed;
    private final TypingTracker typing;
    private final PresenceSource presence;
    private final RoomChanges changes;
    private final SettingsReader settings;
    private final AtHand atHand;
    private final ReadScopes scopes;
    private final RoomSections sections;

    SyncAssembler(
            Stores stores,
            EventCache cache,
            Rooms rooms,
            ChangeFeed changeFeed,
            TypingTracker typing,
            PresenceSource presence,
            AtHand atHand,
            ReadScopes scopes,
            RoomSections sections) {
        this.stores = stores;
        this.cache = cache;
        this.rooms = rooms;
        this.changeFeed = changeFeed;
        this.typing = typing;
        this.presence = presence;
        this.changes = new RoomChanges(stores);
        this.settings = new SettingsReader(stores.accountData());
        this.atHand = atHand;
        this.scopes = scopes;
        this.sections = sections;
    }

    /// The answer for a stretch of the stream, empty when nothing happened in it.
    ///
    /// @throws ReadDroppedException when the client has gone; looked for before every group of
    ///   rooms
    Optional<ByteSegments> news(SyncQuery query, SyncSpan span, UserFeed feed) {
        scopes.requireWanted();
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
        RoomBlocks blocks = write(context, found);
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

    private RoomBlocks write(SyncContext context, RoomChanges.Found found) {
        var blocks = new RoomBlocks();
        var numbers = List.copyOf(found.rooms().keySet());
        for (int from = 0; from < numbers.size(); from += GROUP_MAX) {
            int to = Math.min(numbers.size(), from + GROUP_MAX);
            var group = new ArrayList<Candidate>();
            int size = 0;
            for (Candidate each : candidates(context, found, numbers.subList(from, to))) {
                int more = each.state().events().size();
                if (!group.isEmpty() && size + more > GROUP_STATE_MAX) {
                    write(blocks, context, group);
                    group.clear();
                    size = 0;
                }
                group.add(each);
                size += more;
            }
            write(blocks, context, group);
        }
        return blocks;
    }

    /// Rooms are loaded here, outside of any snapshot: a room must be read as of now, and its state
    /// must not be newer than the snapshots in which it is written.
    private List<Candidate> candidates(
            SyncContext context, RoomChanges.Found found, List<Integer> numbers) {
        var wanted = context.query().filter().room().rooms();
        return rooms.rooms(numbers).stream()
                .filter(room -> wanted.accepts(room.id().value()))
                .map(
                        room ->
                                new Candidate(
                                        room,
                                        room.state(),
                                        found.rooms().getOrDefault(room.number(), 0)))
                .toList();
    }

    private void write(RoomBlocks blocks, SyncContext context, List<Candidate> group) {
        scopes.requireWanted();
        if (group.size() < AHEAD_FROM) {
            sections.write(blocks, context, group);
            return;
        }
        cache.inSnapshot(
                stores.snapshots(),
                () ->
                        atHand.during(
                                () -> {
                                    sections.write(blocks, context, group);
                                    return blocks;
                                }));
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
        if (!context.query().wantsPresence()) {
            return List.of();
        }
        var filter = context.query().filter().presence();
        return presence.changed(context.query().user(), context.span().presenceSince()).stream()
                .filter(each -> filter.matches(SyncQuery.PRESENCE, each.userId().value()))
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
