package chat.hearth.storage;

import java.util.Optional;
import java.util.OptionalInt;

/// The filters that clients keep here.
public interface FilterStore {
    /// Keeps a filter.
    ///
    /// @param json the filter: a JSON object
    /// @param max how many the user may have
    /// @return its number, unique per user; that of an equal filter if the user has one; empty, and
    ///   nothing is kept, when the user has as many as may be
    OptionalInt add(WriteTransaction tx, int user, byte[] json, int max);

    /// The number of a user's filter that is equal to one.
    OptionalInt findEqual(int user, byte[] json);

    /// A user's filter.
    Optional<byte[]> find(int user, int filter);

    /// How many filters a user has.
    int count(int user);

    /// Removes some of a user's filters.
    ///
    /// @param limit how many at most
    /// @return how many were removed
    int removeOfUser(WriteTransaction tx, int user, int limit);
}
