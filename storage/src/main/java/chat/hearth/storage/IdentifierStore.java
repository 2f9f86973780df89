package chat.hearth.storage;

import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import java.util.List;
import java.util.OptionalInt;

/// Which dense number stands for an identifier, and back. Numbers start at 1 and are never used
/// again. Answers come from bounded caches where possible. Rooms get theirs in [RoomStore#create].
public interface IdentifierStore {
    /// The user's number, given now if there was none.
    int user(WriteTransaction tx, UserId user);

    /// The user's number, if there is one.
    OptionalInt findUser(UserId user);

    /// The user with a number.
    ///
    /// @throws StorageException when no user has it
    UserId user(int user);

    /// The users with these numbers, in the same order.
    ///
    /// @throws StorageException when one of them is nobody's
    List<UserId> users(int[] users);

    /// The number of a place in room state, given now if there was none. Numbers are shared by all
    /// rooms.
    int stateKey(WriteTransaction tx, StateKey key);

    /// The number of a place in room state, if there is one.
    OptionalInt findStateKey(StateKey key);

    /// The place in room state with a number.
    ///
    /// @throws StorageException when no place has it
    StateKey stateKey(int key);

    /// The places in room state with these numbers, in the same order.
    ///
    /// @throws StorageException when one of them has no place
    List<StateKey> stateKeys(int[] keys);

    /// The room's number, if there is one.
    OptionalInt findRoom(RoomId room);

    /// The room with a number.
    ///
    /// @throws StorageException when no room has it
    RoomId room(int room);
}
