package chat.hearth.protocol.stateres;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.stateres.AuthCheck.StateLookup;
import org.jspecify.annotations.Nullable;

/// The *iterative auth checks*: applies to a state, one after the other, the events that the
/// authorisation rules allow in it. What the state lacks, the event's own auth events stand in for,
/// unless they were rejected.
///
/// See [Definitions](https://spec.matrix.org/v1.19/rooms/v2/#definitions).
final class IterativeAuthChecks {
    private final EventGraph graph;
    private final AuthCheck check;
    private final boolean impliedCreate;

    /// @param impliedCreate whether the create event counts as one of every event's auth events
    IterativeAuthChecks(EventGraph graph, AuthCheck check, boolean impliedCreate) {
        this.graph = graph;
        this.check = check;
        this.impliedCreate = impliedCreate;
    }

    /// The state after what is allowed of `events`, in their order.
    StateMap apply(StateMap state, long[] events) {
        StateMap result = state;
        for (long number : events) {
            if (check.allows(graph.event(number), lookup(result, number))) {
                result = result.with(graph.stateKey(number), number);
            }
        }
        return result;
    }

    private StateLookup lookup(StateMap state, long number) {
        var cited = new AuthEventLookup(graph, number, false, impliedCreate);
        return (type, stateKey) -> find(state, cited, type, stateKey);
    }

    private @Nullable Event find(
            StateMap state, AuthEventLookup cited, String type, String stateKey) {
        int key = graph.stateKey(type, stateKey);
        long event = key == EventGraph.UNKNOWN_KEY ? StateMap.NONE : state.eventAt(key);
        return event == StateMap.NONE ? cited.find(type, key) : graph.event(event);
    }
}
