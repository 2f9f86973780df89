package chat.hearth.protocol.stateres;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.json.CanonicalJson;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;

/// The *reverse topological power ordering*: an event comes after all of its auth chain; among
/// those that could come next, that of the most powerful sender comes first, then the oldest.
///
/// See [Definitions](https://spec.matrix.org/v1.19/rooms/v2/#definitions).
final class ReverseTopologicalPowerSort {
    private static final Comparator<Candidate> ORDER =
            Comparator.comparingLong(Candidate::senderLevel)
                    .reversed()
                    .thenComparingLong(candidate -> candidate.event().originServerTs())
                    .thenComparing(
                            candidate -> candidate.event().eventId().value(),
                            CanonicalJson.CODE_POINT_ORDER);

    private final EventGraph graph;
    private final AuthCheck check;

    ReverseTopologicalPowerSort(EventGraph graph, AuthCheck check) {
        this.graph = graph;
        this.check = check;
    }

    /// The numbers of a set's events in this order, by Kahn's algorithm. Events of the chains that
    /// are not in the set only carry the order through: they step aside as soon as they can.
    long[] sort(AuthChains chains, BitSet set) {
        int[] waitsFor = new int[chains.size()];
        var free = new ArrayDeque<Integer>();
        for (int i = 0; i < waitsFor.length; i++) {
            waitsFor[i] = chains.auth(i).length;
            if (waitsFor[i] == 0) {
                free.add(i);
            }
        }
        int[][] citing = citing(chains);
        var candidates = new PriorityQueue<>(ORDER);
        var sorted = new long[set.cardinality()];
        int count = 0;
        while (!free.isEmpty() || !candidates.isEmpty()) {
            Integer next = free.poll();
            if (next == null) {
                next = candidates.remove().index();
                sorted[count++] = chains.number(next);
            } else if (set.get(next)) {
                candidates.add(candidate(chains, next));
                continue;
            }
            for (int later : citing[next]) {
                if (--waitsFor[later] == 0) {
                    free.add(later);
                }
            }
        }
        return sorted;
    }

    private static int[][] citing(AuthChains chains) {
        var counts = new int[chains.size()];
        for (int i = 0; i < counts.length; i++) {
            for (int cited : chains.auth(i)) {
                counts[cited]++;
            }
        }
        var citing = new int[counts.length][];
        Arrays.setAll(citing, i -> new int[counts[i]]);
        for (int i = 0; i < counts.length; i++) {
            for (int cited : chains.auth(i)) {
                citing[cited][--counts[cited]] = i;
            }
        }
        return citing;
    }

    private Candidate candidate(AuthChains chains, int index) {
        long number = chains.number(index);
        return new Candidate(index, graph.event(number), check.senderLevel(number));
    }

    /// An event all of whose auth events have their place.
    private record Candidate(int index, Event event, long senderLevel) {}
}
