package chat.hearth.storage;

import chat.hearth.protocol.id.RoomAlias;
import java.util.List;
import java.util.Optional;

/// Which room a local alias names.
public interface AliasStore {
    /// Adds an alias.
    ///
    /// @return false when it was taken
    boolean add(WriteTransaction tx, StoredAlias alias);

    /// Removes an alias, if it still names that room and was made by that user: somebody else may
    /// have made it anew, for another.
    ///
    /// @return false when there was none
    boolean remove(WriteTransaction tx, StoredAlias alias);

    /// The alias, if there is one.
    Optional<StoredAlias> find(RoomAlias alias);

    /// The aliases of a room, sorted.
    List<StoredAlias> ofRoom(int room, int limit);
}
