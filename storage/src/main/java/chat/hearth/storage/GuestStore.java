package chat.hearth.storage;

import java.util.OptionalLong;

/// Guests in rooms, and the rooms that they have to leave.
public interface GuestStore {
    /// Numbers of those among `users` who are guests, ascending.
    ///
    /// @param users numbers of users, each once
    int[] among(int[] users);

    /// Notes that guests have to leave a room, in the write that closes its door to them.
    ///
    /// @param position of the event that closes it
    void close(WriteTransaction tx, int room, long position);

    /// The position of the event that closed a room's door, while guests may still be inside.
    OptionalLong closedAt(int room);

    /// Numbers of the rooms that guests still have to leave, ascending.
    ///
    /// @param after the room after which to start, 0 for the first
    int[] closed(int after, int limit);

    /// Notes that the last guest is out, unless the door was opened and closed again meanwhile.
    ///
    /// @param position what [#closedAt(int)] answered before they were asked to go
    void empty(WriteTransaction tx, int room, long position);
}
