package chat.hearth.storage;

import java.util.List;

/// What was last told of users' presence: one row per user, written when a user comes, goes or says
/// something else about it.
public interface PresenceStore {
    /// Sets a user's row. That of a closed account is not written.
    void put(WriteTransaction tx, StoredPresence presence);

    /// Forgets a user's presence.
    void remove(WriteTransaction tx, int user);

    /// What was told last, the latest first.
    ///
    /// @param limit how many users at most
    List<StoredPresence> latest(int limit);
}
