package chat.hearth.homeserver.account;

import java.time.Duration;

/// How long tokens live. Access tokens of clients that cannot refresh them never expire.
///
/// @param access an access token that can be refreshed
/// @param login a login token
public record SessionLifetimes(Duration access, Duration login) {
    /// An hour; two minutes.
    public static final SessionLifetimes DEFAULT =
            new SessionLifetimes(Duration.ofHours(1), Duration.ofMinutes(2));
}
