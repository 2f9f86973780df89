package chat.hearth.protocol.stateres;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.stateres.AuthCheck.StateLookup;
import org.jspecify.annotations.Nullable;

/// The state that an event's own auth events make up.
///
/// @param rejectedToo whether rejected auth events count
/// @param impliedCreate whether the create event counts without being cited
record AuthEventLookup(EventGraph graph, long number, boolean rejectedToo, boolean impliedCreate)
        implements StateLookup {
    private static final String CREATE = "m.room.create";

    @Override
    public @Nullable Event find(String type, String stateKey) {
        return find(type, graph.stateKey(type, stateKey));
    }

    /// The event at a place whose dense id is known to be `key`.
    @Nullable Event find(String type, int key) {
        if (key == EventGraph.UNKNOWN_KEY) {
            return null;
        }
        for (long cited : graph.authEvents(number)) {
            if (graph.stateKey(cited) == key && (rejectedToo || !graph.isRejected(cited))) {
                return graph.event(cited);
            }
        }
        long create = graph.createEvent();
        return impliedCreate && type.equals(CREATE) && graph.stateKey(create) == key
                ? graph.event(create)
                : null;
    }
}
