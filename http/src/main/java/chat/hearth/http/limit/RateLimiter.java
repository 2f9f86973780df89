package chat.hearth.http.limit;

import chat.hearth.protocol.error.MatrixException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// One rate limit with a token bucket for every key: a user, an address, a room.
///
/// A bucket is a single number, the time at which it will be full again (the generic cell rate
/// algorithm), so it costs about 100 bytes. Buckets that are full again are dropped. At most
/// [#KEYS_MAX] are kept; beyond that the least used are forgotten, which can only let requests
/// through. Safe for use by any number of threads.
///
/// See [Rate limiting](https://spec.matrix.org/v1.19/client-server-api/#rate-limiting).
public final class RateLimiter {
    /// The number of buckets kept.
    public static final int KEYS_MAX = 100_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final RateLimit limit;
    private final LongSupplier nanoTime;
    private final long intervalNanos;
    private final long burstNanos;
    private final int costMax;
    private final Cache<String, AtomicLong> fullAt;

    /// A limiter with full buckets.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public RateLimiter(RateLimit limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.intervalNanos =
                limit.isUnlimited()
                        ? 0
                        : Math.max(1, (long) (NANOS_PER_SECOND / limit.perSecond()));
        this.burstNanos = (limit.burst() - 1) * intervalNanos;
        this.costMax = limit.burst();
        this.fullAt =
                Caffeine.newBuilder()
                        .executor(Runnable::run)
                        .maximumSize(KEYS_MAX)
                        .expireAfterAccess(Duration.ofNanos(2 * (burstNanos + intervalNanos) + 1))
                        .ticker(nanoTime::getAsLong)
                        .build();
    }

    /// Takes one token from the bucket of `key`.
    ///
    /// @throws MatrixException 429 `M_LIMIT_EXCEEDED` with `retry_after_ms` when it is empty
    public void acquire(String key) {
        acquire(key, 1);
    }

    /// Takes as many tokens from the bucket of `key` as something costs. Whatever it costs, one
    /// token is enough to begin it: what is missing is owed, and the next one waits for it. Nothing
    /// costs more than a full bucket holds.
    ///
    /// @param cost how many tokens, 1 or more
    /// @throws MatrixException 429 `M_LIMIT_EXCEEDED` with `retry_after_ms` when it is empty
    public void acquire(String key, int cost) {
        if (cost < 1) {
            throw new IllegalArgumentException("Nothing is free here: " + cost);
        }
        if (!limit.isUnlimited()) {
            take(key, Math.min(cost, costMax));
        }
    }

    /// Checks that the bucket of `key` is not empty, without taking a token.
    ///
    /// @throws MatrixException 429 `M_LIMIT_EXCEEDED` with `retry_after_ms` when it is empty
    public void check(String key) {
        if (!limit.isUnlimited()) {
            take(key, 0);
        }
    }

    private void take(String key, int cost) {
        long now = nanoTime.getAsLong();
        AtomicLong bucket = fullAt.get(key, _ -> new AtomicLong(now));
        while (true) {
            long full = bucket.get();
            long base = full - now > 0 ? full : now;
            long waitNanos = base - now - burstNanos;
            if (waitNanos > 0) {
                throw exceeded(waitNanos);
            }
            if (cost == 0 || bucket.compareAndSet(full, base + cost * intervalNanos)) {
                return;
            }
        }
    }

    private static MatrixException exceeded(long waitNanos) {
        long millis = (waitNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        return MatrixException.limitExceeded("Too many requests; try again later", millis);
    }
}
