package chat.hearth.storage;

import chat.hearth.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// A local account.
///
/// @param user the user's number
/// @param userId the user's id
/// @param passwordHash the encoded hash, null when there is no password
/// @param createdTs milliseconds since the epoch
/// @param admin whether it administers this server
/// @param guest whether it is a guest's
/// @param deactivated whether it is closed for good
/// @param erased whether its user asked to be erased
/// @param locked whether it is locked
/// @param suspended whether it is suspended
public record Account(
        int user,
        UserId userId,
        @Nullable String passwordHash,
        long createdTs,
        boolean admin,
        boolean guest,
        boolean deactivated,
        boolean erased,
        boolean locked,
        boolean suspended) {
    /// A new account without special rights.
    public static Account of(
            int user, UserId userId, @Nullable String passwordHash, long createdTs) {
        return new Account(
                user, userId, passwordHash, createdTs, false, false, false, false, false, false);
    }

    /// The account with another password.
    public Account withPasswordHash(String hash) {
        return new Account(
                user,
                userId,
                hash,
                createdTs,
                admin,
                guest,
                deactivated,
                erased,
                locked,
                suspended);
    }

    @Override
    public String toString() {
        return "Account[" + userId + "]";
    }
}
