package chat.hearth.homeserver.client.room;

import chat.hearth.homeserver.config.RateLimits;
import chat.hearth.http.limit.RateLimiter;
import java.util.function.LongSupplier;

/// How often one user may do what in rooms.
///
/// @param send messages, state and redactions
/// @param join joins, knocks and new rooms
/// @param invite invites
/// @param other everything else, in rooms and elsewhere
public record RoomLimits(
        RateLimiter send, RateLimiter join, RateLimiter invite, RateLimiter other) {
    /// Limiters at the rates of `config`.
    ///
    /// @param other shared with what has nothing to do with rooms
    /// @param nanoTime a monotonic clock in nanoseconds
    public static RoomLimits of(RateLimits config, RateLimiter other, LongSupplier nanoTime) {
        return new RoomLimits(
                config.limiter(config.send(), nanoTime),
                config.limiter(config.join(), nanoTime),
                config.limiter(config.invite(), nanoTime),
                other);
    }
}
