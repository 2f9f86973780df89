package chat.hearth.storage;

import java.util.Optional;

/// The filters that clients keep here.
public interface FilterStore {
    /// Keeps a filter.
    ///
    /// @param json the filter: a JSON object
    /// @return its number, unique per user; that of an equal filter if the user has one
    int add(WriteTransaction tx, int user, byte[] json);

    /// A user's filter.
    Optional<byte[]> find(int user, int filter);

    /// How many filters a user has.
    int count(int user);
}
