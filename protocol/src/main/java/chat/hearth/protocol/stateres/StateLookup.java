package chat.hearth.protocol.stateres;

/// A state, asked place by place.
@FunctionalInterface
interface StateLookup {
    /// The number of the event at a place, or [StateMap#NONE].
    long find(String type, String stateKey);

    /// What a state says by itself.
    static StateLookup of(EventGraph graph, StateMap state) {
        return (type, stateKey) -> {
            int key = graph.stateKey(type, stateKey);
            return key == EventGraph.UNKNOWN_KEY ? StateMap.NONE : state.eventAt(key);
        };
    }
}
