package chat.hearth.rooms.event;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.state.RoomState;

/// Decides whom a new event concerns, at a cost that does not grow with the room.
@FunctionalInterface
public interface EventMarker {
    /// The marks of an event that is about to be appended.
    ///
    /// @param state the room's state before it
    Marks mark(RoomVersion version, Event event, RoomState state);
}
