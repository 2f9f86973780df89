package chat.hearth.protocol.stateres;

import chat.hearth.protocol.event.EventTypes;
import java.util.BitSet;
import java.util.List;

/// State resolution v2 and v2.1: replays the events in conflict, those that can take power away
/// first.
///
/// See [State resolution of v2](https://spec.matrix.org/v1.19/rooms/v2/#state-resolution) and [of
/// v12](https://spec.matrix.org/v1.19/rooms/v12/#state-resolution).
final class ResolutionV2 {
    private final EventGraph graph;
    private final AuthCheck check;
    private final boolean replaysSubgraph;

    /// @param replaysSubgraph v2.1: the conflicted subgraph is replayed as well, and everything is
    ///   replayed from no state at all instead of from what is not in conflict
    ResolutionV2(EventGraph graph, AuthCheck check, boolean replaysSubgraph) {
        this.graph = graph;
        this.check = check;
        this.replaysSubgraph = replaysSubgraph;
    }

    /// The resolution of states, at least one.
    StateMap resolve(List<StateMap> states) {
        ConflictSplit split = ConflictSplit.of(states);
        NumberSet conflicted = split.conflictedSet();
        if (conflicted.size() == 0) {
            return split.unconflicted();
        }
        AuthChains chains = AuthChains.of(graph, conflicted);
        BitSet remaining = fullConflictedSet(chains, split, conflicted);
        BitSet power = PowerEvents.withTheirChains(graph, chains, remaining);
        remaining.andNot(power);

        var checks = new IterativeAuthChecks(graph, check);
        long[] first = new ReverseTopologicalPowerSort(graph, check).sort(chains, power);
        StateMap start = replaysSubgraph ? StateMap.EMPTY : split.unconflicted();
        StateMap partial = checks.apply(start, first);
        long[] rest = new MainlineSort(graph, powerLevels(partial)).sort(chains.numbers(remaining));
        return unconflictedWins(split.unconflicted(), checks.apply(partial, rest));
    }

    private BitSet fullConflictedSet(AuthChains chains, ConflictSplit split, NumberSet conflicted) {
        BitSet full = new AuthDifference(graph, chains).of(split);
        BitSet conflictedSet = chains.set(conflicted.sorted());
        full.or(replaysSubgraph ? ConflictedSubgraph.of(chains, conflictedSet) : conflictedSet);
        return full;
    }

    private long powerLevels(StateMap state) {
        return StateLookup.of(graph, state).find(EventTypes.POWER_LEVELS, "");
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
