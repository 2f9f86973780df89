package chat.hearth.protocol.stateres;

import chat.hearth.protocol.room.RoomVersionRules;
import java.util.List;

/// Merges the states of a room's forks, by the algorithm of the room's version. The answer does not
/// depend on the order of the states, nor on how events are numbered.
///
/// Immutable and safe to share between threads.
public final class StateResolution {
    private final RoomVersionRules rules;
    private final AuthCheck check;

    StateResolution(RoomVersionRules rules, AuthCheck check) {
        this.rules = rules;
        this.check = check;
    }

    /// The state that follows from several.
    ///
    /// @param graph answers for every event in the states and in their auth chains
    /// @param states the states after each of the forks; none make the empty state
    public StateMap resolve(EventGraph graph, List<StateMap> states) {
        List<StateMap> different = states.stream().distinct().toList();
        if (different.size() < 2) {
            return different.isEmpty() ? StateMap.EMPTY : different.getFirst();
        }
        return switch (rules.stateResolution()) {
            case V1 -> new ResolutionV1(check).resolve(graph, different);
            case V2 -> v2(false).resolve(graph, different);
            case V2_1 -> v2(true).resolve(graph, different);
        };
    }

    private ResolutionV2 v2(boolean replaysSubgraph) {
        return new ResolutionV2(check, replaysSubgraph, rules.roomIdIsCreateHash());
    }
}
