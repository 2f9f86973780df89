package chat.hearth.protocol.stateres;

import chat.hearth.protocol.auth.AuthRules;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.List;

/// Merges the states of a room's forks, by the algorithm of the room's version. The answer does not
/// depend on the order of the states, nor on how events are numbered.
///
/// Immutable and safe to share between threads.
public final class StateResolution {
    private final RoomVersionRules version;
    private final AuthRules rules;

    /// Resolution in rooms of one version.
    ///
    /// @param rules the authorisation rules of that version
    public StateResolution(RoomVersionRules version, AuthRules rules) {
        this.version = version;
        this.rules = rules;
    }

    /// The state that follows from several.
    ///
    /// @param graph answers for every event in the states and in their auth chains
    /// @param states the states after each of the forks; none make the empty state
    public StateMap resolve(EventGraph graph, List<StateMap> states) {
        if (states.isEmpty()) {
            return StateMap.EMPTY;
        }
        var check = new AuthCheck(version, rules, graph);
        return switch (version.stateResolution()) {
            case V1 -> new ResolutionV1(graph, check).resolve(states);
            case V2 -> new ResolutionV2(graph, check, false).resolve(states);
            case V2_1 -> new ResolutionV2(graph, check, true).resolve(states);
        };
    }
}
