package chat.hearth.storage;

import java.util.List;
import java.util.Optional;

/// The tokens that let people register.
public interface RegistrationTokenStore {
    /// Adds a token.
    ///
    /// @return false when it is there already
    boolean add(WriteTransaction tx, RegistrationToken token);

    /// The token, usable or not.
    Optional<RegistrationToken> find(String token);

    /// Starts a registration: takes one use if the token is usable at `now`.
    ///
    /// @return false when it is not
    boolean reserve(WriteTransaction tx, String token, long now);

    /// Ends a registration that was started with [#reserve].
    ///
    /// @param completed whether an account was made; if not, the use is given back
    void release(WriteTransaction tx, String token, boolean completed);

    /// Changes how many uses it allows and when it expires.
    ///
    /// @return false when there is no such token
    boolean change(WriteTransaction tx, RegistrationToken token);

    /// Removes a token.
    ///
    /// @return false when there was none
    boolean remove(WriteTransaction tx, String token);

    /// All tokens, sorted.
    ///
    /// @param after the token after which to start, empty for the first
    List<RegistrationToken> all(String after, int limit);
}
