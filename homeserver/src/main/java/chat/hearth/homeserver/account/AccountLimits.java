package chat.hearth.homeserver.account;

import chat.hearth.homeserver.config.RateLimits;
import chat.hearth.http.limit.RateLimiter;
import java.util.function.LongSupplier;

/// How often one may try to get in. Each limit belongs to a secret or a cost and is shared by all
/// endpoints through which it can be reached.
///
/// @param registration new accounts, by address
/// @param loginByAddress password hashes and log-ins by token, by address
/// @param loginByAccount password hashes, by the user id that was typed
/// @param registrationToken guesses of a registration token, by address
/// @param sharedSecret wrong proofs of the secret of tools, by address
/// @param other every request that has no limit of its own, by address or account
public record AccountLimits(
        RateLimiter registration,
        RateLimiter loginByAddress,
        RateLimiter loginByAccount,
        RateLimiter registrationToken,
        RateLimiter sharedSecret,
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
                config.limiter(config.login(), nanoTime),
                config.limiter(config.other(), nanoTime));
    }

    /// Permits one password hash. The address pays first, so that one address cannot use up what
    /// many accounts have.
    ///
    /// @param account the user id that is meant, whether or not there is such an account
    /// @param address where the request comes from
    /// @throws chat.hearth.protocol.error.MatrixException 429 when either has hashed too often
    public HashPermit permitHash(String account, String address) {
        loginByAddress.acquire(address);
        loginByAccount.acquire(account);
        return HashPermit.paid(account);
    }
}
