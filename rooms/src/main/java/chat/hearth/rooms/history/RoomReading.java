package chat.hearth.rooms.history;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.rooms.event.Room;

/// A room as one user may read it: whole and as it is now for members, and where all the world may
/// read; as it was when they left for those who were members. For one request.
///
/// @param room the room
/// @param sight which events the user may see
/// @param upTo the last position that may be shown, [Long#MAX_VALUE] for whoever may see the
///   present and for the invited, to whom the room may show itself; for others that of their latest
///   membership event
/// @param stateUpTo the last position whose state may be shown: that of the event by which they
///   left, [Long#MAX_VALUE] for whoever may see the present
/// @param stateVersion the latest state version that may be shown
public record RoomReading(
        Room room, RoomSight sight, long upTo, long stateUpTo, long stateVersion) {
    /// The room as it is.
    static RoomReading current(Room room, RoomSight sight) {
        return new RoomReading(room, sight, Long.MAX_VALUE, Long.MAX_VALUE, room.state().version());
    }

    /// Whether the user may see what the room is now.
    public boolean isCurrent() {
        return stateUpTo == Long.MAX_VALUE;
    }

    /// Whether the user is joined.
    public boolean isJoined() {
        return sight.membership() == Membership.JOIN;
    }
}
