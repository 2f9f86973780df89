package chat.hearth.storage;

import java.util.List;
import java.util.Optional;

/// Bans that follow a room into the one that replaced it.
public interface BanStore {
    /// Notes how far a room's bans have come.
    void note(WriteTransaction tx, FollowingBans bans);

    /// How far the bans of a new room have come, while they are on their way.
    Optional<FollowingBans> find(int room);

    /// Rooms whose bans are on their way, by ascending number.
    ///
    /// @param after the room after which to start, 0 for the first
    List<FollowingBans> following(int after, int limit);

    /// Notes that a room has all of its bans.
    void arrived(WriteTransaction tx, int room);
}
