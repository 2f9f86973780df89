package chat.hearth.protocol.push;

import org.jspecify.annotations.Nullable;

/// A member of the room whose rules are asked.
///
/// @param userId the user's id
/// @param displayName the user's display name in the room, or null
public record Recipient(String userId, @Nullable String displayName) {}
