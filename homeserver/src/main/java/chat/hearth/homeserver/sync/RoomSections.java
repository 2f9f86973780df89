package chat.hearth.homeserver.sync;

import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.history.HistoryGate;
import chat.hearth.rooms.history.PageBudget;
import chat.hearth.rooms.history.RoomSight;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Decides in which section of an answer a room belongs, by what the user is to it at the answer's
/// end and was at its beginning.
final class RoomSections {
    private final Stores stores;
    private final EventCache cache;
    private final HistoryGate gate;
    private final Standings standings;
    private final StrippedState stripped;
    private final JoinedRooms rooms;
    private final RoomWriter writer;

    RoomSections(
            Stores stores,
            EventCache cache,
            HistoryGate gate,
            Standings standings,
            StrippedState stripped,
            JoinedRooms rooms,
            RoomWriter writer) {
        this.stores = stores;
        this.cache = cache;
        this.gate = gate;
        this.standings = standings;
        this.stripped = stripped;
        this.rooms = rooms;
        this.writer = writer;
    }

    /// A room that may have to be shown.
    ///
    /// @param room the room
    /// @param state its state when the answer was begun: that of the moment when it is written may
    ///   be newer than what can be read
    /// @param kinds the bits of what changed in it
    record Candidate(Room room, RoomState state, int kinds) {}

    /// Rooms of an answer: those that are written, and those that are gathered and would be too
    /// large to be in memory together with them.
    ///
    /// @param written the rooms as JSON, each with its id before it
    /// @param rest the others
    record Told(List<byte[]> written, List<RoomParts> rest) {}

    /// What there is to tell of those rooms that belong in one section.
    ///
    /// @param candidates a bounded number of rooms: they are read together
    /// @param others takes the numbers of those that belong in others
    Told tell(
            SyncContext context,
            Section section,
            List<Candidate> candidates,
            Map<Section, List<Integer>> others) {
        Map<Section, List<Candidate>> sorted = sorted(context, candidates);
        sorted.forEach(
                (other, rooms) -> {
                    if (other != section) {
                        List<Integer> numbers =
                                others.computeIfAbsent(other, _ -> new ArrayList<>());
                        rooms.forEach(each -> numbers.add(each.room().number()));
                    }
                });
        return tell(context, section, sorted.getOrDefault(section, List.of()));
    }

    private Map<Section, List<Candidate>> sorted(SyncContext context, List<Candidate> candidates) {
        int user = context.query().user();
        standings.readAhead(candidates, user, context.span().since());
        Map<Section, List<Candidate>> sorted = new EnumMap<>(Section.class);
        for (Candidate each : candidates) {
            Standing now = standings.at(each.state(), user, context.span().until());
            sorted.computeIfAbsent(Section.of(now.membership()), _ -> new ArrayList<>()).add(each);
        }
        return sorted;
    }

    private Told tell(SyncContext context, Section section, List<Candidate> candidates) {
        return switch (section) {
            case JOIN -> told(context, rooms.joined(context, joinedViews(context, candidates)));
            case LEAVE -> told(context, rooms.left(context, leftViews(context, candidates)));
            case INVITE -> new Told(invites(context, candidates), List.of());
            case KNOCK -> new Told(knocks(context, candidates), List.of());
        };
    }

    private Told told(SyncContext context, List<RoomParts> parts) {
        int fitting = fitting(parts);
        return new Told(
                writer.all(context, parts.subList(0, fitting)),
                parts.subList(fitting, parts.size()));
    }

    /// How many of the first of these rooms may be written in one piece; none when the first alone
    /// is too large.
    static int fitting(List<RoomParts> parts) {
        var budget = new PageBudget(parts.size());
        int count = 0;
        while (count < parts.size()
                && !parts.get(count).isLarge()
                && budget.take(parts.get(count).bytes())) {
            count++;
        }
        return count;
    }

    private List<RoomView> joinedViews(SyncContext context, List<Candidate> candidates) {
        return candidates.stream()
                .map(each -> joinedView(context, each, standing(context, each)))
                .toList();
    }

    private List<RoomView> leftViews(SyncContext context, List<Candidate> candidates) {
        return candidates.stream()
                .filter(each -> hasMoved(context, each))
                .filter(
                        each ->
                                wasShown(context, each)
                                        || !isForgotten(each.room(), context.query().user()))
                .map(each -> leftView(context, each, standing(context, each)))
                .toList();
    }

    private List<byte[]> invites(SyncContext context, List<Candidate> candidates) {
        return candidates.stream()
                .filter(each -> hasMoved(context, each) || context.query().fullState())
                .filter(each -> isWelcome(context, standing(context, each)))
                .map(each -> strippedRoom(context, each, "invite_state"))
                .toList();
    }

    private List<byte[]> knocks(SyncContext context, List<Candidate> candidates) {
        return candidates.stream()
                .filter(each -> hasMoved(context, each) || context.query().fullState())
                .map(each -> strippedRoom(context, each, "knock_state"))
                .toList();
    }

    private Standing standing(SyncContext context, Candidate candidate) {
        return standings.at(candidate.state(), context.query().user(), context.span().until());
    }

    private boolean hasMoved(SyncContext context, Candidate candidate) {
        return standing(context, candidate).position() > context.span().since();
    }

    /// The room as who is in it will see it; all of it is new when the user was not before.
    private RoomView joinedView(SyncContext context, Candidate candidate, Standing now) {
        SyncSpan span = context.span();
        boolean stayed = now.position() <= span.since();
        return new RoomView(
                candidate.room(),
                candidate.state(),
                gate.sight(candidate.room(), candidate.state(), context.query().userId()),
                stayed ? span.since() : sinceOf(context, candidate.state()),
                span.until(),
                span.until(),
                candidate.kinds());
    }

    /// The room as who has left it will see it: up to the leaving, and what became of the
    /// membership afterwards. Of a room that the user was not in, only what is new is shown, if
    /// anything.
    private RoomView leftView(SyncContext context, Candidate candidate, Standing now) {
        long since = context.span().since();
        long leaving = standings.lastLeaving(now.position(), since);
        return new RoomView(
                candidate.room(),
                candidate.state(),
                gate.sight(candidate.room(), candidate.state(), context.query().userId()),
                leaving == 0
                        ? Math.max(since, now.position() - 1)
                        : sinceOf(context, candidate.state()),
                now.position(),
                leaving,
                candidate.kinds());
    }

    /// Up to where the client knows the room: nothing of it when the user was not in it.
    private long sinceOf(SyncContext context, RoomState state) {
        long since = context.span().since();
        return since != 0 && standings.at(state, context.query().user(), since).isJoined()
                ? since
                : 0;
    }

    private boolean isWelcome(SyncContext context, Standing invited) {
        int sender = cache.require(invited.position()).sender();
        String inviter = stores.identifiers().user(sender).value();
        return !context.settings().invitesBlocked()
                && !context.settings().ignored().contains(inviter);
    }

    private byte[] strippedRoom(SyncContext context, Candidate candidate, String name) {
        Room room = candidate.room();
        RoomSight sight = gate.sight(room, candidate.state(), context.query().userId());
        var out = new JsonWriter(1024);
        out.string(room.id().value()).ascii(":{\"").ascii(name).ascii("\":{\"events\":");
        stripped.write(out, candidate.state(), sight, standing(context, candidate).position());
        return out.ascii("}}").toBytes();
    }

    /// Whether the client shows the room among those that the user is in: it has to hear that this
    /// is over, though the user has forgotten the room on another device.
    private boolean wasShown(SyncContext context, Candidate candidate) {
        long since = context.span().since();
        return since != 0
                && switch (standings
                        .at(candidate.state(), context.query().user(), since)
                        .membership()) {
                    case JOIN, INVITE, KNOCK -> true;
                    case LEAVE, BAN -> false;
                };
    }

    private boolean isForgotten(Room room, int user) {
        return stores.memberships()
                .find(room.number(), user)
                .filter(StoredMembership::forgotten)
                .isPresent();
    }
}
