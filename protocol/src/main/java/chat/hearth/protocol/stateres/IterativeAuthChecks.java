package chat.hearth.protocol.stateres;

/// The *iterative auth checks*: applies to a state, one after the other, the events that the
/// authorisation rules allow in it. What the state lacks, the event's own auth events stand in for,
/// unless they were rejected.
///
/// See [Definitions](https://spec.matrix.org/v1.19/rooms/v2/#definitions).
///
/// @param check the rules of the room's version
record IterativeAuthChecks(EventGraph graph, AuthCheck check) {
    /// The state after what is allowed of `events`, in their order.
    StateMap apply(StateMap state, long[] events) {
        StateMap result = state;
        for (long number : events) {
            if (check.allows(number, check.completed(result, number))) {
                result = result.with(graph.stateKey(number), number);
            }
        }
        return result;
    }
}
