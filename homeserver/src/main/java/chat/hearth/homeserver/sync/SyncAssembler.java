package chat.hearth.homeserver.sync;

import chat.hearth.homeserver.sync.RoomSections.Candidate;
import chat.hearth.http.BodySink;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.state.AtHand;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.stream.ChangeFeed;
import chat.hearth.rooms.stream.FeedSpan;
import chat.hearth.rooms.stream.UserFeed;
import chat.hearth.rooms.typing.TypingTracker;
import chat.hearth.storage.ReadDroppedException;
import chat.hearth.storage.ReadScopes;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Puts answers together. Safe for use by several threads.
final class SyncAssembler {
    /// From so many rooms on, what they need is read ahead, at one moment and with one hop to the
    /// database. What fewer need is likely to be in memory.
    private static final int AHEAD_FROM = 4;

    /// So many rooms make a group, which is read together: what it takes stays within a few
    /// milliseconds.
    private static final int GROUP_MAX = 50;

    /// So many rooms whose state is shown stripped make a group: each of them has a few events that
    /// may be of the largest size.
    private static final int STRIPPED_GROUP_MAX = 4;

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
    private final RoomWriter writer;

    SyncAssembler(
            Stores stores,
            EventCache cache,
            Rooms rooms,
            ChangeFeed changeFeed,
            TypingTracker typing,
            PresenceSource presence,
            AtHand atHand,
            ReadScopes scopes,
            RoomSections sections,
            RoomWriter writer) {
        this.stores = stores;
        this.cache = cache;
        this.rooms = rooms;
        this.changeFeed = changeFeed;
        this.typing = typing;
        this.presence = presence;
        this.changes = new RoomChanges(stores);
        this.settings = new SettingsReader(stores);
        this.atHand = atHand;
        this.scopes = scopes;
        this.sections = sections;
        this.writer = writer;
    }

    /// Gives the answer for a stretch of the stream, group by group as it is read.
    ///
    /// @param out takes the answer; nothing is put into it when there is nothing to tell
    /// @return whether anything happened in the stretch
    /// @throws ReadDroppedException when the client has gone; looked for before every group of
    ///   rooms
    boolean news(SyncQuery query, SyncSpan span, UserFeed feed, BodySink out) {
        scopes.requireWanted();
        FeedSpan recent =
                span.initial()
                        ? FeedSpan.Unknown.UNKNOWN
                        : feed.changes(span.since(), span.until());
        boolean returning = recent instanceof FeedSpan.Unknown;
        Beginning beginning =
                returning
                        ? cache.inSnapshot(
                                stores.snapshots(), () -> beginning(query, span, feed, recent))
                        : beginning(query, span, feed, recent);
        RoomChanges.Found found = beginning.found();
        var told = new TypingTold(span.next().typists());
        Set<Integer> typed = typing.roomsChangedAfter(span.typingSince());
        typed.addAll(told.outdated(typing));
        var context =
                new SyncContext(
                        query,
                        span,
                        feed,
                        returning,
                        beginning.settings(),
                        beginning.accountData(),
                        typed,
                        told,
                        new LinkedHashSet<>());
        addQuietRooms(found, context);
        var body = new SyncBody(out);
        writeRooms(context, found, body);
        body.list("account_data", global(context).iterator());
        body.list("presence", presence(context).iterator());
        if (body.isEmpty() && !span.initial()) {
            return false;
        }
        body.end(span.next().withTypists(context.typingTold().rooms()));
        return true;
    }

    /// What is read before any room is.
    private record Beginning(
            RoomChanges.Found found, PersonalSettings settings, AccountDataEvents accountData) {}

    private Beginning beginning(SyncQuery query, SyncSpan span, UserFeed feed, FeedSpan recent) {
        RoomChanges.Found found = changes.find(query, span, recent);
        AccountDataEvents accountData =
                found.hasAccountData()
                        ? AccountDataEvents.changed(
                                stores.accountData(), query.user(), span.since(), span.until())
                        : AccountDataEvents.none(stores.accountData(), query.user());
        return new Beginning(found, settings.at(feed, span.until()), accountData);
    }

    /// Adds rooms without news of their own where somebody types or account data changed. People
    /// type in all rooms of the server: those of others are not loaded. An initial answer has all
    /// its rooms already: others were left.
    private void addQuietRooms(RoomChanges.Found found, SyncContext context) {
        if (!context.span().initial()) {
            context.accountData().rooms().forEach(room -> found.add(room, 0));
        }
        context.typingTold().keep(room -> isIn(context, room));
        for (int room : context.typing()) {
            if (!found.rooms().containsKey(room) && isIn(context, room)) {
                found.add(room, 0);
            }
        }
    }

    private boolean isIn(SyncContext context, int room) {
        return changeFeed.reaches(room, context.feed())
                && rooms.room(room).state().members().isJoined(context.query().user());
    }

    /// Sections stand one after the other in the answer: rooms that do not belong in the first are
    /// put aside.
    private void writeRooms(SyncContext context, RoomChanges.Found found, SyncBody body) {
        Map<Section, List<Integer>> later = new EnumMap<>(Section.class);
        later.put(Section.JOIN, List.copyOf(found.rooms().keySet()));
        for (Section section : Section.values()) {
            List<Integer> numbers = later.getOrDefault(section, List.of());
            int groupMax =
                    switch (section) {
                        case JOIN, LEAVE -> GROUP_MAX;
                        case INVITE, KNOCK -> STRIPPED_GROUP_MAX;
                    };
            for (int from = 0; from < numbers.size(); from += groupMax) {
                int to = Math.min(numbers.size(), from + groupMax);
                List<Candidate> some = candidates(context, found, numbers.subList(from, to));
                for (List<Candidate> group : groups(some)) {
                    write(context, section, group, later, body);
                }
            }
        }
    }

    private static List<List<Candidate>> groups(List<Candidate> candidates) {
        var groups = new ArrayList<List<Candidate>>();
        var group = new ArrayList<Candidate>();
        int size = 0;
        for (Candidate each : candidates) {
            int more = each.state().events().size();
            if (!group.isEmpty() && size + more > GROUP_STATE_MAX) {
                groups.add(List.copyOf(group));
                group.clear();
                size = 0;
            }
            group.add(each);
            size += more;
        }
        groups.add(group);
        return groups;
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

    /// Nothing is sent inside of a snapshot: a client may be slow.
    private void write(
            SyncContext context,
            Section section,
            List<Candidate> group,
            Map<Section, List<Integer>> later,
            SyncBody body) {
        scopes.requireWanted();
        RoomSections.Told told =
                together(
                        context, group.size(), () -> sections.tell(context, section, group, later));
        body.rooms(section, told.written());
        List<RoomParts> rest = told.rest();
        while (!rest.isEmpty()) {
            if (rest.getFirst().isLarge()) {
                body.beginRoom(section);
                writer.large(context, rest.getFirst(), body::part);
                rest = rest.subList(1, rest.size());
            } else {
                List<RoomParts> now = rest.subList(0, RoomSections.fitting(rest));
                body.rooms(section, together(context, now.size(), () -> writer.all(context, now)));
                rest = rest.subList(now.size(), rest.size());
            }
        }
    }

    /// Of those who return, most is not in memory, however few rooms they are in.
    private <R> R together(SyncContext context, int rooms, Supplier<R> work) {
        return rooms < AHEAD_FROM && !context.returning()
                ? work.get()
                : cache.inSnapshot(stores.snapshots(), () -> atHand.during(work));
    }

    private static Stream<byte[]> global(SyncContext context) {
        SyncQuery query = context.query();
        return context.accountData()
                .global(
                        query.filter().accountData(),
                        context.settings().rules(),
                        query.userId().value(),
                        context.span().initial());
    }

    /// The latest, as many as the client asks for.
    private Stream<byte[]> presence(SyncContext context) {
        if (!context.query().wantsPresence()) {
            return Stream.of();
        }
        var filter = context.query().filter().presence();
        int user = context.query().user();
        int[] entered = context.entered().stream().mapToInt(Integer::intValue).toArray();
        return presence.changed(user, context.span().presenceSince(), entered).stream()
                .filter(each -> filter.matches(SyncQuery.PRESENCE, each.userId().value()))
                .limit(filter.limit(Integer.MAX_VALUE, Integer.MAX_VALUE))
                .map(each -> each.event().get());
    }
}
