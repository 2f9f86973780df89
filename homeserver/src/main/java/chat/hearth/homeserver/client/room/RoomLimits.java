package chat.hearth.homeserver.client.room;

import chat.hearth.homeserver.client.budget.EventBudget;
import chat.hearth.homeserver.config.RateLimits;
import chat.hearth.http.limit.RateLimiter;
import java.util.function.LongSupplier;

/// How often one user may do what in rooms.
///
/// @param budget everything that writes events or wakes readers
/// @param join joins, knocks and new rooms
/// @param invite invites
/// @param other everything else, in rooms and elsewhere
public record RoomLimits(
        EventBudget budget, RateLimiter join, RateLimiter invite, RateLimiter other) {
    /// Limiters at the rates of `config`.
    ///
    /// @param budget shared with what is written elsewhere
    /// @param other shared with what has nothing to do with rooms
    /// @param nanoTime a monotonic clock in nanoseconds
    public static RoomLimits of(
            RateLimits config, EventBudget budget, RateLimiter other, LongSupplier nanoTime) {
        return new RoomLimits(
                budget,
                config.limiter(config.join(), nanoTime),
                config.limiter(config.invite(), nanoTime),
                other);
    }
}
