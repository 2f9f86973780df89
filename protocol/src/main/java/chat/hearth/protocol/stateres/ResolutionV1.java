package chat.hearth.protocol.stateres;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// State resolution v1: settles conflicts type by type, and within a type each key by itself.
///
/// Where the specification's text leaves room, this is what the network's servers compute: a key
/// none of whose events is allowed keeps the oldest, and power levels with a state key are ordinary
/// state.
///
/// See [State resolution](https://spec.matrix.org/v1.19/rooms/v1/#state-resolution).
final class ResolutionV1 {
    /// The types that affect authorisation, in the order in which they are settled.
    private static final List<String> AUTH_TYPES =
            List.of(EventTypes.POWER_LEVELS, EventTypes.JOIN_RULES, EventTypes.MEMBER);

    /// What all other types are settled as, after those that affect authorisation.
    private static final String ORDINARY = "";

    /// By ascending depth, then by descending SHA-1 of the event id.
    private static final Comparator<Claim> OLDEST_FIRST =
            Comparator.comparingLong((Claim claim) -> claim.event().depth())
                    .thenComparing(Claim::sha1, (a, b) -> Arrays.compareUnsigned(b, a));

    private final EventGraph graph;
    private final AuthCheck check;

    ResolutionV1(EventGraph graph, AuthCheck check) {
        this.graph = graph;
        this.check = check;
    }

    /// The resolution of states, at least one.
    StateMap resolve(List<StateMap> states) {
        var conflicts = new TreeMap<Integer, List<Claim>>();
        StateMap result = withoutConflicts(states, conflicts);
        for (String type : AUTH_TYPES) {
            StateMap before = result;
            for (var conflict : conflicts.entrySet()) {
                List<Claim> claims = conflict.getValue();
                if (settledAs(claims.getFirst().event()).equals(type)) {
                    result = result.with(conflict.getKey(), newestOfRow(before, claims));
                }
            }
        }
        StateMap before = result;
        for (var conflict : conflicts.entrySet()) {
            List<Claim> claims = conflict.getValue();
            if (settledAs(claims.getFirst().event()).equals(ORDINARY)) {
                result = result.with(conflict.getKey(), newestAllowed(before, claims));
            }
        }
        return result;
    }

    private static String settledAs(Event event) {
        boolean powerless =
                event.type().equals(EventTypes.POWER_LEVELS)
                        && !event.isState(EventTypes.POWER_LEVELS, "");
        return AUTH_TYPES.contains(event.type()) && !powerless ? event.type() : ORDINARY;
    }

    // A key that only some states have is not in conflict here.
    private StateMap withoutConflicts(List<StateMap> states, Map<Integer, List<Claim>> conflicts) {
        StateMap first = states.getFirst();
        var differing = new TreeSet<Integer>();
        for (StateMap other : states.subList(1, states.size())) {
            first.diff(other, (stateKey, mine, theirs) -> differing.add(stateKey));
        }
        StateMap agreed = first;
        for (int key : differing) {
            long[] events =
                    states.stream()
                            .mapToLong(state -> state.eventAt(key))
                            .filter(event -> event != StateMap.NONE)
                            .distinct()
                            .toArray();
            if (events.length == 1) {
                agreed = agreed.with(key, events[0]);
            } else {
                agreed = agreed.without(key);
                conflicts.put(key, claims(events));
            }
        }
        return agreed;
    }

    private List<Claim> claims(long[] events) {
        var claims = new ArrayList<Claim>();
        for (long event : events) {
            claims.add(Claim.of(event, graph.event(event)));
        }
        claims.sort(OLDEST_FIRST);
        return claims;
    }

    // From the oldest on, each event that the one before it allows.
    private long newestOfRow(StateMap state, List<Claim> claims) {
        int key = graph.stateKey(claims.getFirst().number());
        long winner = claims.getFirst().number();
        for (Claim claim : claims.subList(1, claims.size())) {
            if (!check.allows(claim.number(), StateLookup.of(graph, state.with(key, winner)))) {
                break;
            }
            winner = claim.number();
        }
        return winner;
    }

    // The oldest, if none is allowed.
    private long newestAllowed(StateMap state, List<Claim> claims) {
        for (Claim claim : claims.reversed()) {
            if (check.allows(claim.number(), StateLookup.of(graph, state))) {
                return claim.number();
            }
        }
        return claims.getFirst().number();
    }

    /// One of the events that claim a key.
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Claim(long number, Event event, byte[] sha1) {
        static Claim of(long number, Event event) {
            return new Claim(number, event, sha1(event.eventId().value()));
        }

        private static byte[] sha1(String text) {
            try {
                return MessageDigest.getInstance("SHA-1")
                        .digest(text.getBytes(StandardCharsets.UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-1", e);
            }
        }
    }
}
