package chat.hearth.rooms.history;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.rooms.event.Room;

/// A room as one user may read it: whole and as it is now for members, and where all the world may
/// read; as it was when they left for those who were members. For one request.
///
/// @param room the room
/// @param sight which events the user may see
/// @param upTo the last position that may be shown, [Long#MAX_VALUE] for whoever may see the
///   present
/// @param stateVersion the latest state version that may be shown
public record RoomReading(Room room, RoomSight sight, long upTo, long stateVersion) {
    /// Whether the user may see what the room is now.
    public boolean isCurrent() {
        return upTo == Long.MAX_VALUE;
    }

    /// Whether the user is joined.
    public boolean isJoined() {
        return sight.membership() == Membership.JOIN;
    }
}
