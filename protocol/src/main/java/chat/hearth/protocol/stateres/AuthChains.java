package chat.hearth.protocol.stateres;

import java.util.Arrays;
import java.util.BitSet;

/// Some events with their whole auth chains, cut out of the room's graph: each event has an index
/// here, in the order of numbers, so that an event's auth events have lesser indexes than its own.
/// Sets of these events are bit sets.
final class AuthChains {
    private final long[] numbers;
    private final int[][] auth;

    private AuthChains(long[] numbers, int[][] auth) {
        this.numbers = numbers;
        this.auth = auth;
    }

    /// Walks the auth chains of `events`.
    static AuthChains of(EventGraph graph, NumberSet events) {
        var reached = new NumberSet();
        for (int i = 0; i < events.size(); i++) {
            reached.add(events.at(i));
        }
        for (int i = 0; i < reached.size(); i++) {
            for (long authEvent : graph.authEvents(reached.at(i))) {
                if (authEvent >= reached.at(i)) {
                    throw new IllegalArgumentException(
                            "Event " + reached.at(i) + " cites the later event " + authEvent);
                }
                reached.add(authEvent);
            }
        }
        long[] numbers = reached.sorted();
        var auth = new int[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            long[] cited = graph.authEvents(numbers[i]);
            auth[i] = new int[cited.length];
            for (int j = 0; j < cited.length; j++) {
                auth[i][j] = Arrays.binarySearch(numbers, cited[j]);
            }
        }
        return new AuthChains(numbers, auth);
    }

    /// How many events there are.
    int size() {
        return numbers.length;
    }

    /// The number of the event with an index.
    long number(int index) {
        return numbers[index];
    }

    /// The index of the event with a number; negative when it is not here.
    int index(long number) {
        return Arrays.binarySearch(numbers, number);
    }

    /// The indexes of an event's auth events.
    int[] auth(int index) {
        return auth[index];
    }

    /// The set of the events with these numbers, all of which are here.
    BitSet set(long[] events) {
        var set = new BitSet(numbers.length);
        for (long event : events) {
            set.set(index(event));
        }
        return set;
    }

    /// The union of the auth chains of `events`; an event itself is in it only if another one cites
    /// it.
    BitSet chainsOf(BitSet events) {
        var chains = new BitSet(numbers.length);
        for (int i = events.length() - 1; i >= 0; i--) {
            if (events.get(i) || chains.get(i)) {
                for (int cited : auth[i]) {
                    chains.set(cited);
                }
            }
        }
        return chains;
    }

    /// The numbers of a set's events, ascending.
    long[] numbers(BitSet set) {
        return set.stream().mapToLong(this::number).toArray();
    }
}
