package chat.hearth.storage;

import org.jspecify.annotations.Nullable;

/// What was last told of a user's presence.
///
/// @param user the user's number
/// @param state the state's name in events
/// @param statusMessage what the user says about it, null for nothing
/// @param lastActive when the user last did something, milliseconds since the epoch, 0 for never
/// @param told when this was told, milliseconds since the epoch
public record StoredPresence(
        int user, String state, @Nullable String statusMessage, long lastActive, long told) {}
