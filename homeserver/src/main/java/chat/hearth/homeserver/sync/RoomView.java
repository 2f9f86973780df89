package chat.hearth.homeserver.sync;

import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.history.RoomSight;
import chat.hearth.rooms.state.RoomState;

/// A room as an answer shows it.
///
/// @param room the room
/// @param state the room's state when the answer was begun; it may be ahead of `until`
/// @param sight what the user may see of it
/// @param since the position after which the room's news begin; 0 when the client knows nothing of
///   the room
/// @param until the position up to which the room is shown
/// @param stateUntil the position up to which its state is shown: the user may have left before
///   what is shown last; 0 when the state is not shown at all
/// @param kinds the bits of what changed
record RoomView(
        Room room,
        RoomState state,
        RoomSight sight,
        long since,
        long until,
        long stateUntil,
        int kinds) {
    /// Whether the client knows nothing of the room.
    boolean isNew() {
        return since == 0;
    }

    boolean changed(int kind) {
        return (kinds & kind) != 0;
    }
}
