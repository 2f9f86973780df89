package chat.hearth.homeserver.client.room;

import chat.hearth.homeserver.config.RateLimits;
import chat.hearth.http.limit.RateLimit;
import chat.hearth.http.limit.RateLimiter;
import java.util.function.LongSupplier;

/// How often one user may do what in rooms.
///
/// @param send messages, state and redactions
/// @param join joins, knocks and new rooms
/// @param invite invites
/// @param other everything else
public record RoomLimits(
        RateLimiter send, RateLimiter join, RateLimiter invite, RateLimiter other) {
    /// Limiters at the rates of `config`.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds
    public static RoomLimits of(RateLimits config, LongSupplier nanoTime) {
        return new RoomLimits(
                limiter(config, config.send(), nanoTime),
                limiter(config, config.join(), nanoTime),
                limiter(config, config.invite(), nanoTime),
                limiter(config, config.other(), nanoTime));
    }

    private static RateLimiter limiter(
            RateLimits config, RateLimits.RateLimit rate, LongSupplier nanoTime) {
        RateLimit limit =
                config.enabled()
                        ? new RateLimit(rate.perSecond(), rate.burst())
                        : RateLimit.UNLIMITED;
        return new RateLimiter(limit, nanoTime);
    }
}
