package chat.hearth.testkit.dag;

import chat.hearth.protocol.auth.AuthRules;
import chat.hearth.protocol.auth.AuthState;
import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The resolution of states, written down from the specification's text sentence by sentence, on
/// sets and maps of events and without a thought for speed.
///
/// Practice and the letter part in four places, and practice is followed, because a room whose
/// servers disagree is split:
///
/// - v1, "the first event to pass" of an ordinary key: where none passes, the letter names none; in
///   practice the last of the list, the oldest, stays.
/// - "If x is in the auth chain of y, then x comes before y": the letter means the whole chain; in
///   practice only citations from one of the ordered events to another count.
/// - The power events' closure: the letter adds every member of the full conflicted set that is in
///   a power event's auth chain; in practice the walk doesn't leave the full conflicted set. Power
///   levels and join rules are power events only with an empty state key, of which the letter says
///   nothing. In v1, power levels with another state key are an ordinary key.
/// - "The full auth chain of a state" by the letter holds only what the state's events cite; in
///   practice these events themselves as well.
final class NaiveResolution {
    private final RoomVersion version;
    private final AuthRules rules;
    private final Map<EventId, Event> events;
    private final Set<EventId> rejected;
    private final Event create;
    private final Map<EventId, Set<Event>> authChains = new HashMap<>();

    private NaiveResolution(
            RoomVersion version,
            AuthRules rules,
            Map<EventId, Event> events,
            Set<EventId> rejected,
            Event create) {
        this.version = version;
        this.rules = rules;
        this.events = events;
        this.rejected = rejected;
        this.create = create;
    }

    /// The resolution of states of a room.
    static Map<StateKey, Event> of(RoomDag dag, AuthRules rules, List<StateMap> states) {
        Map<EventId, Event> events = new HashMap<>();
        Set<EventId> rejected = new HashSet<>();
        for (long number = 1; number <= dag.size(); number++) {
            events.put(dag.event(number).eventId(), dag.event(number));
            if (dag.isRejected(number)) {
                rejected.add(dag.event(number).eventId());
            }
        }
        return new NaiveResolution(dag.version(), rules, events, rejected, dag.event(1))
                .resolve(states.stream().map(state -> byName(dag, state)).toList());
    }

    /// A state with types, state keys and events in place of their numbers.
    static Map<StateKey, Event> byName(RoomDag dag, StateMap state) {
        Map<StateKey, Event> named = new HashMap<>();
        state.forEach((key, number) -> named.put(keyOf(dag.event(number)), dag.event(number)));
        return named;
    }

    private Map<StateKey, Event> resolve(List<Map<StateKey, Event>> states) {
        return switch (version.rules().stateResolution()) {
            case V1 -> resolveV1(states);
            case V2 -> resolveV2(states, false);
            case V2_1 -> resolveV2(states, true);
        };
    }

    private Map<StateKey, Event> resolveV2(List<Map<StateKey, Event>> states, boolean v21) {
        Map<StateKey, Event> unconflicted = unconflictedStateMap(states);
        Set<Event> conflicted = new HashSet<>();
        for (Map<StateKey, Event> state : states) {
            conflicted.addAll(state.values());
        }
        conflicted.removeAll(unconflicted.values());
        Set<Event> full = new HashSet<>(conflicted);
        full.addAll(authDifference(states));
        if (v21) {
            full.addAll(conflictedSubgraph(conflicted));
        }

        Set<Event> x = new HashSet<>();
        for (Event event : full) {
            if (isPowerEvent(event) && x.add(event)) {
                addWithAncestorsWithin(full, event, x);
            }
        }
        Map<StateKey, Event> partial =
                iterativeAuthChecks(
                        v21 ? Map.of() : unconflicted, reverseTopologicalPowerOrdering(x));
        Set<Event> remaining = new HashSet<>(full);
        remaining.removeAll(x);
        Event powerLevels = partial.get(StateKey.of("m.room.power_levels"));
        Map<StateKey, Event> result =
                iterativeAuthChecks(partial, mainlineOrdering(powerLevels, remaining));
        result.putAll(unconflicted);
        return result;
    }

    private void addWithAncestorsWithin(Set<Event> set, Event event, Set<Event> x) {
        for (Event cited : authEvents(event)) {
            if (set.contains(cited) && x.add(cited)) {
                addWithAncestorsWithin(set, cited, x);
            }
        }
    }

    private static Map<StateKey, Event> unconflictedStateMap(List<Map<StateKey, Event>> states) {
        Map<StateKey, Event> unconflicted = new HashMap<>();
        states.getFirst()
                .forEach(
                        (key, event) -> {
                            if (states.stream().allMatch(s -> event.equals(s.get(key)))) {
                                unconflicted.put(key, event);
                            }
                        });
        return unconflicted;
    }

    private Set<Event> authChain(Event event) {
        Set<Event> known = authChains.get(event.eventId());
        if (known == null) {
            known = new HashSet<>();
            for (Event cited : authEvents(event)) {
                known.add(cited);
                known.addAll(authChain(cited));
            }
            authChains.put(event.eventId(), known);
        }
        return known;
    }

    private Set<Event> authDifference(List<Map<StateKey, Event>> states) {
        Set<Event> union = new HashSet<>();
        List<Set<Event>> fullAuthChains = new ArrayList<>();
        for (Map<StateKey, Event> state : states) {
            Set<Event> chain = new HashSet<>(state.values());
            state.values().forEach(event -> chain.addAll(authChain(event)));
            fullAuthChains.add(chain);
            union.addAll(chain);
        }
        union.removeIf(event -> fullAuthChains.stream().allMatch(chain -> chain.contains(event)));
        return union;
    }

    private Set<Event> conflictedSubgraph(Set<Event> conflicted) {
        Set<Event> subgraph = new HashSet<>();
        for (Event from : conflicted) {
            for (Event to : conflicted) {
                if (!authChain(from).contains(to)) {
                    continue;
                }
                subgraph.add(from);
                subgraph.add(to);
                for (Event between : authChain(from)) {
                    if (authChain(between).contains(to)) {
                        subgraph.add(between);
                    }
                }
            }
        }
        return subgraph;
    }

    private static boolean isPowerEvent(Event event) {
        if (event.isState("m.room.power_levels", "") || event.isState("m.room.join_rules", "")) {
            return true;
        }
        String membership = event.content().string("membership").orElse("");
        return event.type().equals("m.room.member")
                && (membership.equals("leave") || membership.equals("ban"))
                && !event.stateKey().equals(Optional.of(event.sender().value()));
    }

    private List<Event> reverseTopologicalPowerOrdering(Set<Event> set) {
        Comparator<Event> smaller =
                Comparator.comparingLong((Event event) -> -senderLevel(event))
                        .thenComparingLong(Event::originServerTs)
                        .thenComparing(event -> event.eventId().value());
        List<Event> ordering = new ArrayList<>();
        Set<Event> left = new HashSet<>(set);
        while (!left.isEmpty()) {
            Event smallest =
                    left.stream()
                            .filter(event -> left.stream().noneMatch(authEvents(event)::contains))
                            .min(smaller)
                            .orElseThrow();
            ordering.add(smallest);
            left.remove(smallest);
        }
        return ordering;
    }

    private long senderLevel(Event event) {
        String sender = event.sender().value();
        boolean made = create.sender().value().equals(sender);
        if (version.rules().privilegedCreators()) {
            boolean added =
                    create.content()
                            .array("additional_creators")
                            .orElse(JsonArray.EMPTY)
                            .values()
                            .contains(new JsonString(sender));
            if (made || added) {
                return Long.MAX_VALUE;
            }
        }
        Event powerLevels = powerLevelsAmongAuthEvents(event);
        if (powerLevels == null) {
            return made && event.authEvents().contains(create.eventId()) ? 100 : 0;
        }
        JsonObject users = powerLevels.content().object("users").orElse(JsonObject.EMPTY);
        if (users.value(sender) instanceof JsonInteger(long level)) {
            return level;
        }
        return powerLevels.content().integer("users_default").orElse(0);
    }

    private @Nullable Event powerLevelsAmongAuthEvents(Event event) {
        for (EventId id : event.authEvents()) {
            if (event(id).isState("m.room.power_levels", "")) {
                return event(id);
            }
        }
        return null;
    }

    private List<Event> mainlineOrdering(@Nullable Event powerLevels, Set<Event> set) {
        List<Event> mainline = new ArrayList<>();
        Event p = powerLevels;
        while (p != null) {
            mainline.add(p);
            p = powerLevelsAmongAuthEvents(p);
        }
        Comparator<Event> smaller =
                Comparator.comparingDouble((Event event) -> -mainlinePosition(mainline, event))
                        .thenComparingLong(Event::originServerTs)
                        .thenComparing(event -> event.eventId().value());
        return set.stream().sorted(smaller).toList();
    }

    private double mainlinePosition(List<Event> mainline, Event event) {
        Event e = powerLevelsAmongAuthEvents(event);
        while (e != null) {
            if (mainline.contains(e)) {
                return mainline.indexOf(e);
            }
            e = powerLevelsAmongAuthEvents(e);
        }
        return Double.POSITIVE_INFINITY;
    }

    private Map<StateKey, Event> iterativeAuthChecks(
            Map<StateKey, Event> initial, List<Event> sorted) {
        Map<StateKey, Event> state = new HashMap<>(initial);
        for (Event event : sorted) {
            Map<StateKey, Event> stateForCheck = new HashMap<>();
            if (version.rules().roomIdIsCreateHash()) {
                stateForCheck.put(StateKey.of("m.room.create"), create);
            }
            for (EventId id : event.authEvents().reversed()) {
                if (!rejected.contains(id)) {
                    stateForCheck.put(keyOf(event(id)), event(id));
                }
            }
            stateForCheck.putAll(state);
            if (isAllowed(event, stateForCheck)) {
                state.put(keyOf(event), event);
            }
        }
        return state;
    }

    private Map<StateKey, Event> resolveV1(List<Map<StateKey, Event>> states) {
        Map<StateKey, Set<Event>> claims = new HashMap<>();
        for (Map<StateKey, Event> state : states) {
            state.forEach(
                    (key, event) -> claims.computeIfAbsent(key, k -> new HashSet<>()).add(event));
        }
        Map<StateKey, Event> r = new HashMap<>();
        claims.forEach(
                (key, events) -> {
                    if (events.size() == 1) {
                        r.put(key, events.iterator().next());
                    }
                });
        claims.values().removeIf(events -> events.size() == 1);
        List<String> authTypes =
                List.of("m.room.power_levels", "m.room.join_rules", "m.room.member");
        for (String type : authTypes) {
            Map<StateKey, Event> found = new HashMap<>();
            claims.forEach(
                    (key, events) -> {
                        if (key.type().equals(type) && isAuthKey(key)) {
                            found.put(key, lastInRow(key, events, r));
                        }
                    });
            r.putAll(found);
        }
        Map<StateKey, Event> settled = Map.copyOf(r);
        claims.forEach(
                (key, events) -> {
                    if (!authTypes.contains(key.type()) || !isAuthKey(key)) {
                        r.put(key, newestAllowed(events, settled));
                    }
                });
        return r;
    }

    private static boolean isAuthKey(StateKey key) {
        return !key.type().equals("m.room.power_levels") || key.stateKey().isEmpty();
    }

    private Event newestAllowed(Set<Event> events, Map<StateKey, Event> settled) {
        return events.stream()
                .filter(event -> isAllowed(event, settled))
                .max(byDepthThenDescendingSha1())
                .orElseGet(() -> events.stream().min(byDepthThenDescendingSha1()).orElseThrow());
    }

    private Event lastInRow(StateKey key, Set<Event> events, Map<StateKey, Event> r) {
        List<Event> list = events.stream().sorted(byDepthThenDescendingSha1()).toList();
        Map<StateKey, Event> state = new HashMap<>(r);
        state.put(key, list.getFirst());
        for (Event event : list.subList(1, list.size())) {
            if (!isAllowed(event, state)) {
                break;
            }
            state.put(key, event);
        }
        return state.getOrDefault(key, list.getFirst());
    }

    private static Comparator<Event> byDepthThenDescendingSha1() {
        return Comparator.comparingLong(Event::depth)
                .thenComparing(NaiveResolution::sha1, Comparator.reverseOrder());
    }

    private static BigInteger sha1(Event event) {
        try {
            byte[] id = event.eventId().value().getBytes(StandardCharsets.UTF_8);
            return new BigInteger(1, MessageDigest.getInstance("SHA-1").digest(id));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isAllowed(Event event, Map<StateKey, Event> state) {
        AuthState asked = (type, stateKey) -> state.get(new StateKey(type, stateKey));
        return rules.check(event, asked).isAllowed();
    }

    private static StateKey keyOf(Event event) {
        return new StateKey(event.type(), event.stateKey().orElseThrow());
    }

    private List<Event> authEvents(Event event) {
        return event.authEvents().stream().map(this::event).toList();
    }

    private Event event(EventId id) {
        Event event = events.get(id);
        if (event == null) {
            throw new AssertionError("No event " + id);
        }
        return event;
    }
}
