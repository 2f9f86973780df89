package chat.hearth.storage;

import java.util.List;
import java.util.Optional;

/// What users say about themselves.
public interface ProfileStore {
    /// The field of those whose profile has yet to be taken somewhere; no user can set it.
    String PENDING = ".pending";

    /// Sets a field.
    void put(WriteTransaction tx, ProfileField field);

    /// Removes a field.
    ///
    /// @return false when there was none
    boolean remove(WriteTransaction tx, int user, String field);

    /// Removes the whole profile.
    void clear(WriteTransaction tx, int user);

    /// One field of a profile.
    Optional<ProfileField> find(int user, String field);

    /// All fields of a profile, sorted by name.
    List<ProfileField> of(int user, int limit);

    /// The fields [#PENDING] of all users who have it, by user. Costs nothing for who does not.
    ///
    /// @param after the user after whom to start, 0 for the first
    List<ProfileField> pending(int after, int limit);
}
