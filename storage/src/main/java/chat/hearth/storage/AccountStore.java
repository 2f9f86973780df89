package chat.hearth.storage;

import chat.hearth.protocol.id.UserId;
import java.util.List;
import java.util.Optional;

/// The local accounts.
public interface AccountStore {
    /// Adds an account.
    ///
    /// @return false when the name is taken
    boolean add(WriteTransaction tx, Account account);

    /// The account of a user id.
    Optional<Account> find(UserId userId);

    /// The account of a user's number.
    Optional<Account> find(int user);

    /// Sets the password hash.
    void changePassword(WriteTransaction tx, int user, String passwordHash);

    /// Closes an account for good and removes its password.
    ///
    /// @param erase whether its user asks to be erased; who was erased stays so
    void deactivate(WriteTransaction tx, int user, boolean erase);

    /// Whether a user asked to be erased, answered from memory; false for users without an account.
    boolean isErased(int user);

    /// Makes an administrator or a plain user.
    void changeAdmin(WriteTransaction tx, int user, boolean admin);

    /// Locks or unlocks.
    void changeLocked(WriteTransaction tx, int user, boolean locked);

    /// Suspends or lifts a suspension.
    void changeSuspended(WriteTransaction tx, int user, boolean suspended);

    /// Makes a guest's account one of a user, or the other way round.
    void changeGuest(WriteTransaction tx, int user, boolean guest);

    /// Accounts by user number.
    ///
    /// @param after the number after which to start, 0 for the first
    List<Account> all(int after, int limit);
}
