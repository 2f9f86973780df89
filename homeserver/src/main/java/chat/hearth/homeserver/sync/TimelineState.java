package chat.hearth.homeserver.sync;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.protocol.id.UserId;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.history.Outlines;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.EventOutline;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.StateEntries;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Reads the state that goes with a timeline: what the client needs besides to know the room's
/// state at the timeline's start, or at its end when it asks for that.
///
/// With lazy loading, the members among it are the senders in the timeline, whoever the room is
/// named after, the user, and those whose membership changed in a gap.
final class TimelineState {

    private static final Collector<Shown, ?, List<Room>> ROOMS =
            mapping(each -> each.view().room(), toList());

    private final RoomStates states;
    private final Outlines outlines;
    private final IdentifierStore identifiers;
    private final LazyMemory memory;

    TimelineState(
            RoomStates states, Outlines outlines, IdentifierStore identifiers, LazyMemory memory) {
        this.states = states;
        this.outlines = outlines;
        this.identifiers = identifiers;
        this.memory = memory;
    }

    /// The state events to send with the timelines of several rooms, by room.
    Map<Integer, List<EventOutline>> read(SyncQuery query, List<Shown> rooms) {
        readAheadVersions(query, rooms);
        Map<Integer, StateKey> places = places(query, rooms);
        Map<Integer, Set<Long>> positions = new HashMap<>();
        for (Shown each : rooms) {
            positions.put(each.room(), positions(query, each, places));
        }
        if (rooms.size() > 1) {
            outlines.readAheadState(
                    positions.values().stream().flatMap(Set::stream).mapToLong(Long::longValue));
        }
        Map<Integer, List<EventOutline>> state = new HashMap<>();
        for (Shown each : rooms) {
            Set<Long> wanted = positions.getOrDefault(each.room(), Set.of());
            state.put(each.room(), events(query, each, wanted));
        }
        return state;
    }

    private Set<Long> positions(SyncQuery query, Shown shown, Map<Integer, StateKey> places) {
        if (shown.view().isNew()) {
            memory.forget(query.device(), shown.room());
        }
        Set<Integer> wanted = isLazy(query) ? wanted(query, shown) : Set.of();
        var positions = new TreeSet<Long>();
        if (isFull(query, shown)) {
            addAll(positions, query, shown, places, wanted);
        } else {
            addChanged(positions, query, shown);
            addUnknownMembers(positions, query, shown, wanted);
        }
        return positions;
    }

    private List<EventOutline> events(SyncQuery query, Shown shown, Set<Long> positions) {
        RoomEventFilter filter = query.filter().room().state();
        List<EventOutline> events =
                outlines.state(positions.stream().mapToLong(Long::longValue).toArray()).stream()
                        .filter(event -> passes(filter, shown.view(), event))
                        .filter(event -> isShown(shown.view(), shown.timeline(), event))
                        .toList();
        if (isLazy(query)) {
            remember(query, shown.view(), events, shown.timeline().events());
        }
        return events;
    }

    private static boolean isLazy(SyncQuery query) {
        return query.filter().room().state().lazyLoadMembers();
    }

    private static boolean isFull(SyncQuery query, Shown shown) {
        return shown.view().isNew() || query.fullState();
    }

    /// Whether the state changed in the stretch that the view shows.
    boolean isChanged(RoomView view) {
        return states.versionAfter(view.room(), view.state(), view.since()) != lastVersion(view);
    }

    /// Reads the versions of state that the answer is about, and who they are about.
    private void readAheadVersions(SyncQuery query, List<Shown> rooms) {
        if (rooms.size() < 2) {
            return;
        }
        states.readAheadVersionsAfter(
                rooms.stream()
                        .filter(each -> mayHaveGap(query, each))
                        .collect(groupingBy(each -> each.view().since(), ROOMS)));
        states.readAheadVersionsAfter(
                rooms.stream()
                        .filter(each -> end(query, each) == each.view().stateUntil())
                        .collect(groupingBy(each -> each.view().stateUntil(), ROOMS)));
        states.readAhead(rooms, each -> versions(query, each));
        if (isLazy(query)) {
            IntStream wanted =
                    rooms.stream()
                            .flatMapToInt(
                                    each ->
                                            wanted(query, each).stream()
                                                    .mapToInt(Integer::intValue));
            var _ = identifiers.users(wanted.distinct().toArray());
        }
    }

    private static boolean mayHaveGap(SyncQuery query, Shown shown) {
        return !isFull(query, shown) && (!shown.timeline().whole() || query.stateAfter());
    }

    /// The versions of state that are looked into.
    private LongStream versions(SyncQuery query, Shown shown) {
        RoomView view = shown.view();
        if (isFull(query, shown)) {
            return LongStream.of(endVersion(query, shown));
        }
        if (!mayHaveGap(query, shown)) {
            return LongStream.empty();
        }
        long from = states.versionAfter(view.room(), view.state(), view.since());
        long to = endVersion(query, shown);
        return from == to ? LongStream.empty() : LongStream.of(from, to);
    }

    /// What the places in those states stand for that are told apart by it.
    private Map<Integer, StateKey> places(SyncQuery query, List<Shown> rooms) {
        Map<Integer, StateKey> places = new HashMap<>();
        if (!isLazy(query)) {
            return places;
        }
        int[] keys =
                rooms.stream()
                        .filter(each -> isFull(query, each))
                        .map(each -> entries(query, each))
                        .flatMapToInt(entries -> IntStream.of(entries.keys()))
                        .distinct()
                        .toArray();
        List<StateKey> known = identifiers.stateKeys(keys);
        for (int i = 0; i < keys.length; i++) {
            places.put(keys[i], known.get(i));
        }
        return places;
    }

    private StateEntries entries(SyncQuery query, Shown shown) {
        return states.entries(shown.view().state(), endVersion(query, shown));
    }

    /// Numbers of the users whose memberships a lazy client needs.
    private static Set<Integer> wanted(SyncQuery query, Shown shown) {
        var wanted = new HashSet<Integer>();
        shown.timeline().events().forEach(event -> wanted.add(event.sender()));
        for (int hero : shown.heroes()) {
            wanted.add(hero);
        }
        if (isFull(query, shown)) {
            wanted.add(query.user());
        }
        return wanted;
    }

    private static long end(SyncQuery query, Shown shown) {
        long until = shown.view().stateUntil();
        return query.stateAfter() ? until : Math.min(shown.timeline().start(), until);
    }

    private long endVersion(SyncQuery query, Shown shown) {
        return end(query, shown) == shown.view().stateUntil()
                ? lastVersion(shown.view())
                : shown.timeline().events().getFirst().stateBefore();
    }

    private void addAll(
            Set<Long> positions,
            SyncQuery query,
            Shown shown,
            Map<Integer, StateKey> places,
            Set<Integer> wanted) {
        StateEntries entries = entries(query, shown);
        Set<String> names = names(wanted);
        for (int i = 0; i < entries.size(); i++) {
            StateKey place = places.get(entries.keys()[i]);
            if (place == null
                    || !place.type().equals(EventTypes.MEMBER)
                    || names.contains(place.stateKey())) {
                positions.add(entries.positions()[i]);
            }
        }
    }

    private Set<String> names(Set<Integer> users) {
        int[] numbers = users.stream().mapToInt(Integer::intValue).toArray();
        return identifiers.users(numbers).stream().map(UserId::value).collect(toSet());
    }

    /// What changed between the client's last answer and the timeline, or the timeline's end.
    private void addChanged(Set<Long> positions, SyncQuery query, Shown shown) {
        if (!mayHaveGap(query, shown)) {
            return;
        }
        RoomView view = shown.view();
        long from = states.versionAfter(view.room(), view.state(), view.since());
        long to = endVersion(query, shown);
        LongStream.of(states.difference(view.state(), from, to)).forEach(positions::add);
    }

    private void addUnknownMembers(
            Set<Long> positions, SyncQuery query, Shown shown, Set<Integer> wanted) {
        boolean redundant = query.filter().room().state().includeRedundantMembers();
        for (int user : wanted) {
            long event = memberEvent(query, shown, user);
            if (event != 0
                    && (redundant
                            || !memory.has(
                                    query.device(),
                                    shown.room(),
                                    user,
                                    event,
                                    query.acknowledged()))) {
                positions.add(event);
            }
        }
    }

    private long memberEvent(SyncQuery query, Shown shown, int user) {
        RoomState now = shown.view().state();
        long position = now.members().position(user);
        if (position <= end(query, shown)) {
            return position;
        }
        OptionalInt place =
                identifiers.findStateKey(
                        new StateKey(EventTypes.MEMBER, identifiers.user(user).value()));
        return place.isEmpty()
                ? 0
                : states.position(now, endVersion(query, shown), place.getAsInt());
    }

    /// Who is in the room when the timeline begins knows the state of that moment, whoever was
    /// there when it was made. Who came later is shown what still holds; what was replaced in
    /// between is history, and shown to those who may see that.
    private boolean isShown(RoomView view, Timeline timeline, EventOutline event) {
        int place = event.stateKey();
        return timeline.events().isEmpty()
                || view.sight().membershipAt(timeline.events().getFirst()) == Membership.JOIN
                || view.state().events().eventAt(place) == event.position()
                || view.sight().sees(event)
                || states.position(view.state(), lastVersion(view), place) == event.position();
    }

    private long lastVersion(RoomView view) {
        return states.versionAfter(view.room(), view.state(), view.stateUntil());
    }

    private boolean passes(RoomEventFilter filter, RoomView view, EventOutline event) {
        return filter.matchesAll()
                || filter.matches(
                        event.type(),
                        identifiers.user(event.sender()).value(),
                        view.sight().showsUrl(event));
    }

    private void remember(
            SyncQuery query, RoomView view, List<EventOutline> state, List<EventOutline> timeline) {
        Map<Integer, Long> members = new HashMap<>();
        state.forEach(event -> note(members, event));
        timeline.forEach(event -> note(members, event));
        memory.sent(query.device(), view.room().number(), members, view.until());
    }

    private void note(Map<Integer, Long> members, EventOutline event) {
        if (event.isState() && event.type().equals(EventTypes.MEMBER)) {
            members.put(user(identifiers.stateKey(event.stateKey())), event.position());
        }
    }

    private int user(StateKey member) {
        return UserId.parse(member.stateKey()).map(identifiers::findUser).stream()
                .flatMapToInt(OptionalInt::stream)
                .findFirst()
                .orElse(0);
    }
}
