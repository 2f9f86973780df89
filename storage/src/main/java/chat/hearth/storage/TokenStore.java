package chat.hearth.storage;

import java.util.Optional;
import java.util.OptionalInt;

/// Access, refresh and login tokens, by the SHA-256 of the token.
///
/// A device's access and refresh tokens carry a generation. A refresh makes the next generation;
/// the old one is retired when a token of the new one is first used, so that an answer lost on its
/// way costs nobody a session.
///
/// See [Refreshing access
/// tokens](https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens).
public interface TokenStore {
    /// For so many generations a device's exchanged refresh tokens are remembered.
    int USED_KEPT = 16;

    /// Adds an access token.
    void addAccess(WriteTransaction tx, byte[] hash, AccessToken token);

    /// The access token with a hash, expired or not.
    Optional<AccessToken> findAccess(byte[] hash);

    /// Adds a refresh token.
    void addRefresh(WriteTransaction tx, byte[] hash, RefreshToken token);

    /// The refresh token with a hash, expired or used up or not.
    Optional<RefreshToken> findRefresh(byte[] hash);

    /// Notes that a refresh token of a device is exchanged.
    ///
    /// @return the generation of what it is exchanged for, greater than that of any other token of
    ///   the device
    int exchange(WriteTransaction tx, byte[] hash, int device);

    /// Removes a device's access and refresh tokens of generations before this one. The last
    /// [#USED_KEPT] generations of those that were exchanged stay as used up, so that a copy of one
    /// is known for what it is.
    ///
    /// @return how many ended
    int retireBefore(WriteTransaction tx, int device, int generation);

    /// Removes all access and refresh tokens of a device.
    void removeOfDevice(WriteTransaction tx, int device);

    /// Removes all tokens of a user.
    void removeOfUser(WriteTransaction tx, int user);

    /// Adds a login token.
    ///
    /// @param expiresTs milliseconds since the epoch
    void addLogin(WriteTransaction tx, byte[] hash, int user, long expiresTs);

    /// Uses up a login token.
    ///
    /// @return its user, if it was there and not expired at `now`
    OptionalInt takeLogin(WriteTransaction tx, byte[] hash, long now);

    /// Removes a user's login tokens.
    void removeLoginsOfUser(WriteTransaction tx, int user);

    /// Removes some tokens that expired before a time.
    ///
    /// @param limit how many of each kind at most
    /// @return how many were removed
    int removeExpired(WriteTransaction tx, long before, int limit);
}
