package chat.hearth.protocol.stateres;

/// The state that an event's own auth events make up.
///
/// @param rejectedToo whether rejected auth events count
/// @param impliedCreate v12: whether the create event counts without being cited
record AuthEventLookup(EventGraph graph, long number, boolean rejectedToo, boolean impliedCreate)
        implements StateLookup {
    @Override
    public long find(String type, String stateKey) {
        int key = graph.stateKey(type, stateKey);
        if (key == EventGraph.UNKNOWN_KEY) {
            return StateMap.NONE;
        }
        for (long cited : graph.authEvents(number)) {
            if (graph.stateKey(cited) == key && (rejectedToo || !graph.isRejected(cited))) {
                return cited;
            }
        }
        long create = graph.createEvent();
        return impliedCreate && graph.stateKey(create) == key ? create : StateMap.NONE;
    }
}
