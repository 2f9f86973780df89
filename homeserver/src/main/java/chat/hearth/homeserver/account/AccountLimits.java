package chat.hearth.homeserver.account;

import chat.hearth.homeserver.config.RateLimits;
import chat.hearth.http.limit.RateLimiter;
import java.util.function.LongSupplier;

/// How often one may try to get in.
///
/// @param registration new accounts, by address
/// @param loginByAddress log-ins, by address
/// @param loginByAccount log-ins, by the user id that was typed
/// @param wrongPassword wrong passwords, by user id: on logging in and on proving it again
/// @param other every request that has no limit of its own, by address or account
public record AccountLimits(
        RateLimiter registration,
        RateLimiter loginByAddress,
        RateLimiter loginByAccount,
        RateLimiter wrongPassword,
        RateLimiter other) {
    /// Limiters at the rates of `config`.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds
    public static AccountLimits of(RateLimits config, LongSupplier nanoTime) {
        return new AccountLimits(
                config.limiter(config.registration(), nanoTime),
                config.limiter(config.login(), nanoTime),
                config.limiter(config.login(), nanoTime),
                config.limiter(config.login(), nanoTime),
                config.limiter(config.other(), nanoTime));
    }
}
