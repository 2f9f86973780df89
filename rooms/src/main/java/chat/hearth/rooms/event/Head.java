package chat.hearth.rooms.event;

import chat.hearth.protocol.id.EventId;
import java.util.List;

/// Where the next event of a room attaches.
///
/// @param extremities the forward extremities
/// @param depth the greatest depth among them
/// @param notifyIndex how many events outside of threads so far count as unread to a plain member
record Head(List<EventId> extremities, long depth, long notifyIndex) {
    /// The head of a room without events.
    static final Head EMPTY = new Head(List.of(), 0, 0);
}
