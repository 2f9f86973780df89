package chat.hearth.protocol.stateres;

import java.util.BitSet;
import java.util.List;

/// State resolution v2 and v2.1: replays the events in conflict, those that can take power away
/// first.
///
/// See [State resolution of v2](https://spec.matrix.org/v1.19/rooms/v2/#state-resolution) and [of
/// v12](https://spec.matrix.org/v1.19/rooms/v12/#state-resolution).
final class ResolutionV2 {
    private final AuthCheck check;
    private final boolean replaysSubgraph;
    private final boolean impliedCreate;

    /// @param replaysSubgraph v2.1: the conflicted subgraph is replayed as well, and everything is
    ///   replayed from no state at all instead of from what is not in conflict
    /// @param impliedCreate whether the create event counts as one of every event's auth events
    ResolutionV2(AuthCheck check, boolean replaysSubgraph, boolean impliedCreate) {
        this.check = check;
        this.replaysSubgraph = replaysSubgraph;
        this.impliedCreate = impliedCreate;
    }

    /// The resolution of states, at least one.
    StateMap resolve(EventGraph graph, List<StateMap> states) {
        ConflictSplit split = ConflictSplit.of(states);
        NumberSet conflicted = split.conflictedSet();
        if (conflicted.size() == 0) {
            return split.unconflicted();
        }
        AuthChains chains = AuthChains.of(graph, conflicted);
        BitSet remaining = fullConflictedSet(graph, chains, split, conflicted);
        BitSet power = PowerEvents.withTheirChains(graph, chains, remaining);
        remaining.andNot(power);

        var checks = new IterativeAuthChecks(graph, check, impliedCreate);
        long[] first =
                new ReverseTopologicalPowerSort(graph, check, impliedCreate).sort(chains, power);
        StateMap start = replaysSubgraph ? StateMap.EMPTY : split.unconflicted();
        StateMap partial = checks.apply(start, first);
        long[] rest =
                new MainlineSort(graph, powerLevels(graph, partial))
                        .sort(chains.numbers(remaining));
        return unconflictedWins(split.unconflicted(), checks.apply(partial, rest));
    }

    private BitSet fullConflictedSet(
            EventGraph graph, AuthChains chains, ConflictSplit split, NumberSet conflicted) {
        BitSet full = new AuthDifference(graph, chains).of(split);
        BitSet conflictedSet = chains.set(conflicted.sorted());
        full.or(replaysSubgraph ? ConflictedSubgraph.of(chains, conflictedSet) : conflictedSet);
        return full;
    }

    private static long powerLevels(EventGraph graph, StateMap state) {
        int key = graph.stateKey(PowerEvents.POWER_LEVELS, "");
        return key == EventGraph.UNKNOWN_KEY ? StateMap.NONE : state.eventAt(key);
    }

    private static StateMap unconflictedWins(StateMap unconflicted, StateMap replayed) {
        var result = new StateMap[] {unconflicted};
        unconflicted.diff(
                replayed,
                (stateKey, agreed, found) -> {
                    if (agreed == StateMap.NONE) {
                        result[0] = result[0].with(stateKey, found);
                    }
                });
        return result[0];
    }
}
