package chat.hearth.homeserver.client.room;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// The body of requests that do something to a user.
///
/// @param userId whom
/// @param reason why, in words for people
public record Target(@Nullable UserId userId, @Nullable String reason) {
    /// The user.
    ///
    /// @throws MatrixException 400 `M_BAD_JSON` when the request names none
    UserId user() {
        if (userId == null) {
            throw MatrixException.badJson("user_id is missing");
        }
        return userId;
    }
}
