package chat.hearth.storage;

import org.jspecify.annotations.Nullable;

/// A device of a local user.
///
/// @param device the device's number
/// @param user the owner's number
/// @param deviceId the id, unique per user
/// @param displayName what the user calls it, null for nothing
/// @param createdTs milliseconds since the epoch
/// @param lastSeenTs milliseconds since the epoch, 0 for never
/// @param lastSeenIp the address it was last seen at, null for never
public record Device(
        int device,
        int user,
        String deviceId,
        @Nullable String displayName,
        long createdTs,
        long lastSeenTs,
        @Nullable String lastSeenIp) {}
