package chat.hearth.homeserver.account;

import chat.hearth.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// A device that has just logged in.
///
/// @param userId the user
/// @param deviceId the device
/// @param tokens its tokens
public record OpenedSession(UserId userId, String deviceId, Tokens tokens) {
    /// The tokens of a device.
    ///
    /// @param access the access token
    /// @param expiry what refreshes it, and when that is due; null when it never expires
    public record Tokens(String access, @Nullable Expiry expiry) {
        @Override
        public String toString() {
            return "Tokens";
        }
    }

    /// The end of an access token.
    ///
    /// @param refresh the refresh token
    /// @param millis milliseconds from now until the access token expires
    public record Expiry(String refresh, long millis) {
        @Override
        public String toString() {
            return "Expiry";
        }
    }
}
