package chat.hearth.homeserver.account;

import org.jspecify.annotations.Nullable;

/// The device that a client wants to be.
///
/// @param deviceId its id, null for a new one
/// @param displayName what a new device is called, null for nothing
/// @param refreshable whether the client can refresh its access token
public record DeviceRequest(
        @Nullable String deviceId, @Nullable String displayName, boolean refreshable) {}
