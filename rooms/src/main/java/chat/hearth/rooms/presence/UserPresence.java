package chat.hearth.rooms.presence;

import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// A user's presence at a moment.
///
/// @param user the user's number
/// @param state whether the user is around
/// @param statusMessage what the user says about it, null for nothing
/// @param lastActiveAgoMillis how long ago the user last did something; null when never
/// @param currentlyActive whether the user was active just now
public record UserPresence(
        int user,
        PresenceState state,
        @Nullable String statusMessage,
        @Nullable Long lastActiveAgoMillis,
        boolean currentlyActive) {

    /// The answer to `GET /presence/{userId}/status`, and the content of `m.presence`.
    public JsonObject toJson() {
        Long ago = lastActiveAgoMillis;
        var json =
                JsonObject.builder()
                        .put("presence", state.wireName())
                        .putIfPresent("last_active_ago", ago == null ? null : new JsonInteger(ago))
                        .putIfPresent("status_msg", statusMessage);
        if (state == PresenceState.ONLINE) {
            json.put("currently_active", currentlyActive);
        }
        return json.build();
    }
}
