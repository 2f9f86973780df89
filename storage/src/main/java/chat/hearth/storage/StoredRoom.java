package chat.hearth.storage;

import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import java.util.List;

/// What is kept of a room besides its events.
///
/// @param room the room's number
/// @param roomId the room's id
/// @param version the room's version
/// @param createdTs when this server got to know the room, milliseconds since the epoch
/// @param listed whether the room stands in the public directory
/// @param currentState the state version after all forward extremities; 0 while there is none
/// @param extremities positions of the forward extremities; empty when the latest event is the only
///   one, which is how nearly every room is stored
public record StoredRoom(
        int room,
        RoomId roomId,
        RoomVersion version,
        long createdTs,
        boolean listed,
        long currentState,
        List<Long> extremities) {}
