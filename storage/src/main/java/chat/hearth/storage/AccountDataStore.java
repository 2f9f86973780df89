package chat.hearth.storage;

import java.util.List;
import java.util.Optional;

/// What clients keep about an account and its rooms; tags and push rules too.
public interface AccountDataStore {
    /// Sets a piece of account data.
    void put(WriteTransaction tx, AccountData data);

    /// One piece of account data.
    ///
    /// @param room the room's number, 0 for global
    Optional<AccountData> find(int user, int room, String type);

    /// A user's account data of one room, or global.
    ///
    /// @param room the room's number, 0 for global
    List<AccountData> of(int user, int room, int limit);

    /// The same, with only those contents that are short.
    List<AccountDataOutline> outlines(int user, int room, int limit);

    /// A user's account data that changed in a span of the stream, global and of all rooms, oldest
    /// first; with only those contents that are short.
    List<AccountDataOutline> changed(int user, long after, long upTo, int limit);

    /// Removes some of a user's account data, global and of all rooms.
    ///
    /// @param limit how many pieces at most
    /// @return how many were removed
    int removeOfUser(WriteTransaction tx, int user, int limit);
}
