package chat.hearth.storage;

import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import java.util.List;
import java.util.Optional;

/// Which rooms there are and where their heads stand.
public interface RoomStore {
    /// Adds a room without events.
    ///
    /// @param createdTs milliseconds since the epoch
    /// @return its number
    /// @throws StorageException when the room is there already
    int create(WriteTransaction tx, RoomId roomId, RoomVersion version, long createdTs);

    /// The room with an id.
    Optional<StoredRoom> find(RoomId roomId);

    /// The room with a number.
    Optional<StoredRoom> find(int room);

    /// The rooms with these numbers, in no order.
    List<StoredRoom> find(int[] rooms);

    /// Sets the state version after all forward extremities.
    void changeCurrentState(WriteTransaction tx, int room, long stateVersion);

    /// Sets the forward extremities; none says that the latest event is the only one. A send onto
    /// the only extremity needs no call.
    void changeExtremities(WriteTransaction tx, int room, List<Long> positions);

    /// Puts the room into the public directory or takes it out.
    void list(WriteTransaction tx, int room, boolean listed);

    /// Rooms of the public directory, by number.
    ///
    /// @param after the number after which to start, 0 for the first
    List<StoredRoom> listed(int after, int limit);

    /// All rooms, by number.
    ///
    /// @param after the number after which to start, 0 for the first
    List<StoredRoom> all(int after, int limit);
}
