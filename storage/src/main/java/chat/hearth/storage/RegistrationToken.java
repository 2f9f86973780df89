package chat.hearth.storage;

import java.util.OptionalInt;

/// A token that lets people register.
///
/// @param token the token
/// @param usesAllowed how many accounts it is good for; empty for any number
/// @param pending registrations under way
/// @param completed accounts made
/// @param expiresTs milliseconds since the epoch, 0 for never
public record RegistrationToken(
        String token, OptionalInt usesAllowed, int pending, int completed, long expiresTs) {
    /// Whether one more registration may start at `now`.
    public boolean isUsable(long now) {
        boolean alive = expiresTs == 0 || now < expiresTs;
        return alive && (usesAllowed.isEmpty() || pending + completed < usesAllowed.getAsInt());
    }
}
