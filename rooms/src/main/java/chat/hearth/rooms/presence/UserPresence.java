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
/// @param profile display name and avatar, as far as they are set, from when this was told
public record UserPresence(
        int user,
        PresenceState state,
        @Nullable String statusMessage,
        @Nullable Long lastActiveAgoMillis,
        boolean currentlyActive,
        JsonObject profile) {

    /// The content of `m.presence`.
    public JsonObject content() {
        return JsonObject.builder().putAll(profile).putAll(toJson()).build();
    }

    /// The answer to `GET /presence/{userId}/status`.
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
