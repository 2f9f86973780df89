package chat.hearth.homeserver.sync;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StoredEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// Reads the state that goes with a timeline: what the client needs besides to know the room's
/// state at the timeline's start, or at its end when it asks for that.
///
/// With lazy loading, the members among it are the senders in the timeline, whoever the room is
/// named after, the user, and those whose membership changed in a gap.
final class TimelineState {
    static final String MEMBER = "m.room.member";

    private final RoomStates states;
    private final EventCache cache;
    private final IdentifierStore identifiers;
    private final LazyMemory memory;

    TimelineState(
            RoomStates states, EventCache cache, IdentifierStore identifiers, LazyMemory memory) {
        this.states = states;
        this.cache = cache;
        this.identifiers = identifiers;
        this.memory = memory;
    }

    /// The state events to send.
    ///
    /// @param heroes numbers of the users whom the room is named after
    List<StoredEvent> read(SyncQuery query, RoomView view, Timeline timeline, int[] heroes) {
        RoomEventFilter filter = query.filter().room().state();
        boolean lazy = filter.lazyLoadMembers();
        boolean full = view.isNew() || query.fullState();
        if (view.isNew()) {
            memory.forget(query.device(), view.room().number());
        }
        Set<Integer> wanted = lazy ? wanted(query, timeline, heroes, full) : Set.of();
        var positions = new TreeSet<Long>();
        if (full) {
            addAll(positions, query, view, timeline, lazy, wanted);
        } else {
            addChanged(positions, query, view, timeline);
            addUnknownMembers(positions, query, view, timeline, wanted);
        }
        List<StoredEvent> events =
                cache.all(positions.stream().mapToLong(Long::longValue).toArray()).stream()
                        .filter(event -> passes(filter, view, event))
                        .filter(event -> isShown(view, timeline, event))
                        .toList();
        if (lazy) {
            remember(query, view, events, timeline.events());
        }
        return events;
    }

    /// Whether the state changed in the stretch that the view shows.
    boolean isChanged(RoomView view) {
        return states.versionAfter(view.room(), view.state(), view.since()) != lastVersion(view);
    }

    private Set<Integer> wanted(
            SyncQuery query, Timeline timeline, int[] heroes, boolean withOneself) {
        var wanted = new HashSet<Integer>();
        timeline.events().forEach(event -> wanted.add(event.sender()));
        for (int hero : heroes) {
            wanted.add(hero);
        }
        if (withOneself) {
            wanted.add(query.user());
        }
        return wanted;
    }

    private static long end(SyncQuery query, RoomView view, Timeline timeline) {
        return query.stateAfter()
                ? view.stateUntil()
                : Math.min(timeline.start(), view.stateUntil());
    }

    private long endVersion(SyncQuery query, RoomView view, Timeline timeline) {
        return end(query, view, timeline) == view.stateUntil()
                ? lastVersion(view)
                : timeline.events().getFirst().stateBefore();
    }

    private void addAll(
            Set<Long> positions,
            SyncQuery query,
            RoomView view,
            Timeline timeline,
            boolean lazy,
            Set<Integer> wanted) {
        StateEntries entries = states.entries(view.state(), endVersion(query, view, timeline));
        List<StateKey> keys = lazy ? identifiers.stateKeys(entries.keys()) : List.of();
        for (int i = 0; i < entries.size(); i++) {
            if (!lazy || !keys.get(i).type().equals(MEMBER) || wanted.contains(user(keys.get(i)))) {
                positions.add(entries.positions()[i]);
            }
        }
    }

    /// What changed between the client's last answer and the timeline, or the timeline's end.
    private void addChanged(
            Set<Long> positions, SyncQuery query, RoomView view, Timeline timeline) {
        if (timeline.whole() && !query.stateAfter()) {
            return;
        }
        long from = states.versionAfter(view.room(), view.state(), view.since());
        long to = endVersion(query, view, timeline);
        LongStream.of(states.difference(view.state(), from, to)).forEach(positions::add);
    }

    private void addUnknownMembers(
            Set<Long> positions,
            SyncQuery query,
            RoomView view,
            Timeline timeline,
            Set<Integer> wanted) {
        boolean redundant = query.filter().room().state().includeRedundantMembers();
        for (int user : wanted) {
            long event = memberEvent(query, view, timeline, user);
            if (event != 0
                    && (redundant
                            || !memory.has(
                                    query.device(),
                                    view.room().number(),
                                    user,
                                    event,
                                    query.acknowledged()))) {
                positions.add(event);
            }
        }
    }

    private long memberEvent(SyncQuery query, RoomView view, Timeline timeline, int user) {
        long position = view.state().members().position(user);
        if (position <= end(query, view, timeline)) {
            return position;
        }
        OptionalInt place =
                identifiers.findStateKey(new StateKey(MEMBER, identifiers.user(user).value()));
        return place.isEmpty()
                ? 0
                : states.position(
                        view.state(), endVersion(query, view, timeline), place.getAsInt());
    }

    /// Who is in the room when the timeline begins knows the state of that moment, whoever was
    /// there when it was made. Who came later is shown what still holds; what was replaced in
    /// between is history, and shown to those who may see that.
    private boolean isShown(RoomView view, Timeline timeline, StoredEvent event) {
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

    private boolean passes(RoomEventFilter filter, RoomView view, StoredEvent event) {
        return filter.matchesAll()
                || filter.matches(
                        event.type(),
                        identifiers.user(event.sender()).value(),
                        filter.needsContent() && hasUrl(view.sight().shown(event)));
    }

    private static boolean hasUrl(StoredEvent event) {
        return JsonReader.readObject(ClientEvent.content(event.clientJson()))
                .string("url")
                .isPresent();
    }

    private void remember(
            SyncQuery query, RoomView view, List<StoredEvent> state, List<StoredEvent> timeline) {
        Map<Integer, Long> members = new HashMap<>();
        state.forEach(event -> note(members, event));
        timeline.forEach(event -> note(members, event));
        memory.sent(query.device(), view.room().number(), members, view.until());
    }

    private void note(Map<Integer, Long> members, StoredEvent event) {
        if (event.isState() && event.type().equals(MEMBER)) {
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
