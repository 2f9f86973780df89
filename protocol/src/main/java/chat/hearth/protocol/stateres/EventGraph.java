package chat.hearth.protocol.stateres;

import chat.hearth.protocol.event.Event;

/// What state resolution asks about a room's events, which it knows by number. A port: the room
/// engine answers from what it has stored.
///
/// Every event that a state or an auth chain leads to must be known; asking for another throws
/// whatever the implementation sees fit. Answers are asked for repeatedly and must not change, so
/// implementations keep what they have read.
public interface EventGraph {
    /// Stands for no place: that of an event that is no state event, or one that no event of the
    /// room has held.
    int UNKNOWN_KEY = -1;

    /// The event with a number.
    Event event(long number);

    /// The numbers of an event's auth events, in its order; not to be changed by the caller. Each
    /// is less than the event's own number, for a server stores an event after those that allow it.
    long[] authEvents(long number);

    /// Whether the event was rejected.
    boolean isRejected(long number);

    /// The dense id of a state event's place, not negative; [#UNKNOWN_KEY] for other events.
    int stateKey(long number);

    /// The dense id of a place in the room's state, or [#UNKNOWN_KEY].
    int stateKey(String type, String stateKey);

    /// The number of the room's create event.
    long createEvent();
}
