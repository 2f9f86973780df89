package chat.hearth.homeserver.config;

import chat.hearth.http.limit.RateLimiter;
import java.util.function.LongSupplier;

/// How fast one client may go. A client is an account where there is one, else an address.
///
/// @param enabled whether anything is limited at all
/// @param login failed and successful log-ins
/// @param registration new accounts
/// @param send everything that one user writes, counted in events
/// @param join joins, knocks and new rooms, beside what they count as events
/// @param invite invites, beside what they count as events
/// @param other every other request, but for those that cost no more than a refusal or are bounded
///   by [SyncConfig#waitingMax()]
public record RateLimits(
        @Option(
                        value = "Whether anything is limited. Off only for tests and load runs.",
                        fallback = "true")
                boolean enabled,
        @Option(
                        value = "Log-ins and password checks.",
                        defaults = {"burst=10", "per-second=0.2"})
                RateLimit login,
        @Option(
                        value = "New accounts.",
                        defaults = {"burst=5", "per-second=0.05"})
                RateLimit registration,
        @Option(
                        value =
                                "What one user writes, counted in events: messages, state,"
                                        + " redactions, memberships, a new room's first events."
                                        + " A setting counts as half an event, a receipt or a"
                                        + " notice of typing as a tenth or more, by the readers it"
                                        + " wakes.",
                        defaults = {"burst=50", "per-second=5"})
                RateLimit send,
        @Option(
                        value = "Joins, knocks and new rooms.",
                        defaults = {"burst=20", "per-second=0.5"})
                RateLimit join,
        @Option(
                        value = "Invites.",
                        defaults = {"burst=20", "per-second=0.5"})
                RateLimit invite,
        @Option(
                        value =
                                "Every other request, all together. `/sync` (see"
                                        + " `sync.waiting-max`), `/versions` and the well-known"
                                        + " document are not limited.",
                        defaults = {"burst=200", "per-second=50"})
                RateLimit other) {

    /// A limiter at one of these rates, or one that lets everything pass when nothing is limited.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds
    public RateLimiter limiter(RateLimit rate, LongSupplier nanoTime) {
        return new RateLimiter(
                enabled
                        ? new chat.hearth.http.limit.RateLimit(rate.perSecond(), rate.burst())
                        : chat.hearth.http.limit.RateLimit.UNLIMITED,
                nanoTime);
    }

    /// A bucket that holds `burst` requests and is refilled steadily.
    ///
    /// @param burst how many requests may come at once
    /// @param perSecond how many more are allowed each second
    public record RateLimit(
            @Option(value = "How many may come at once.", fallback = "100", min = 1) int burst,
            @Option(value = "How many more each second.", fallback = "10") double perSecond) {

        /// Refuses a bucket that is never refilled.
        public RateLimit {
            if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
                throw new IllegalArgumentException("`per-second` must be more than 0");
            }
        }
    }
}
