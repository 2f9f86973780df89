package chat.hearth.protocol.stateres;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.json.CanonicalJson;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;

/// The *reverse topological power ordering*: an event comes after its auth events; among those that
/// could come next, that of the most powerful sender comes first, then the oldest. Only citations
/// between the sorted events count: a chain that leads out of them and back in orders nothing.
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

    /// The numbers of a set's events in this order, by Kahn's algorithm.
    long[] sort(AuthChains chains, BitSet set) {
        int[] indexes = set.stream().toArray();
        int[][] cited = new int[indexes.length][];
        Arrays.setAll(cited, i -> citedWithin(chains, set, indexes, indexes[i]));
        int[][] citing = citing(cited);
        int[] waitsFor = new int[indexes.length];
        var candidates = new PriorityQueue<>(ORDER);
        for (int i = 0; i < indexes.length; i++) {
            waitsFor[i] = cited[i].length;
            if (waitsFor[i] == 0) {
                candidates.add(candidate(i, chains.number(indexes[i])));
            }
        }
        var sorted = new long[indexes.length];
        for (int count = 0; count < sorted.length; count++) {
            int next = candidates.remove().place();
            sorted[count] = chains.number(indexes[next]);
            for (int later : citing[next]) {
                if (--waitsFor[later] == 0) {
                    candidates.add(candidate(later, chains.number(indexes[later])));
                }
            }
        }
        return sorted;
    }

    // The places, among the set's events, of those that one of them cites.
    private static int[] citedWithin(AuthChains chains, BitSet set, int[] indexes, int index) {
        return Arrays.stream(chains.auth(index))
                .filter(set::get)
                .map(cited -> Arrays.binarySearch(indexes, cited))
                .toArray();
    }

    private static int[][] citing(int[][] cited) {
        var counts = new int[cited.length];
        for (int[] places : cited) {
            for (int place : places) {
                counts[place]++;
            }
        }
        var citing = new int[cited.length][];
        Arrays.setAll(citing, i -> new int[counts[i]]);
        for (int i = 0; i < cited.length; i++) {
            for (int place : cited[i]) {
                citing[place][--counts[place]] = i;
            }
        }
        return citing;
    }

    private Candidate candidate(int place, long number) {
        return new Candidate(place, graph.event(number), check.senderLevel(number));
    }

    /// An event whose auth events in the set come before it already.
    private record Candidate(int place, Event event, long senderLevel) {}
}
