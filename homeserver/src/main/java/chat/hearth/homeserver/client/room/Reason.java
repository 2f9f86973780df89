package chat.hearth.homeserver.client.room;

import org.jspecify.annotations.Nullable;

/// The body of requests that may say why.
///
/// @param reason why, in words for people
public record Reason(@Nullable String reason) {}
