package chat.hearth.protocol.stateres;

import chat.hearth.protocol.event.Event;
import org.jspecify.annotations.Nullable;

/// What state resolution asks of the authorisation rules of one room version.
interface AuthCheck {
    /// Whether the rules allow an event in a state. What its own auth events would allow was
    /// checked when it was received.
    boolean allows(Event event, StateLookup state);

    /// The power level of the event's sender in a state.
    long senderLevel(Event event, StateLookup state);

    /// A state, asked place by place.
    @FunctionalInterface
    interface StateLookup {
        /// The event at a place, or null for none.
        @Nullable Event find(String type, String stateKey);
    }
}
