package chat.hearth.http.limit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateLimiterTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

    private RateLimiter limiter(double perSecond, int burst) {
        return new RateLimiter(new RateLimit(perSecond, burst), now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static boolean passes(RateLimiter limiter, String key) {
        try {
            limiter.acquire(key);
            return true;
        } catch (MatrixException _) {
            return false;
        }
    }

    @Test
    void aBurstPassesAndThenOnePerInterval() {
        RateLimiter limiter = limiter(2, 3);
        for (int i = 0; i < 3; i++) {
            limiter.acquire("@a:hs");
        }
        var refused = assertThrows(MatrixException.class, () -> limiter.acquire("@a:hs"));
        assertEquals(ErrCode.M_LIMIT_EXCEEDED, refused.errCode());
        assertEquals(429, refused.status());
        assertEquals(500, refused.details().integer("retry_after_ms").orElse(0));
        pass(Duration.ofMillis(499));
        assertEquals(
                1,
                assertThrows(MatrixException.class, () -> limiter.acquire("@a:hs"))
                        .details()
                        .integer("retry_after_ms")
                        .orElse(0));
        pass(Duration.ofMillis(1));
        limiter.acquire("@a:hs");
        assertThrows(MatrixException.class, () -> limiter.acquire("@a:hs"));
    }

    @Test
    void aDearRequestBeginsWithOneTokenAndTheRestIsOwed() {
        RateLimiter limiter = limiter(1, 4);
        limiter.acquire("@a:hs", 3);
        limiter.acquire("@a:hs", 3);
        var refused = assertThrows(MatrixException.class, () -> limiter.acquire("@a:hs", 1));
        assertEquals(3_000, refused.details().integer("retry_after_ms").orElse(0));
        pass(Duration.ofSeconds(3));
        limiter.acquire("@a:hs", 1);
    }

    @Test
    void nothingCostsMoreThanAFullBucket() {
        RateLimiter limiter = limiter(1, 4);
        limiter.acquire("@a:hs", Integer.MAX_VALUE);
        pass(Duration.ofSeconds(1));
        limiter.acquire("@a:hs", Integer.MAX_VALUE);
        pass(Duration.ofMillis(3_999));
        assertThrows(MatrixException.class, () -> limiter.acquire("@a:hs"));
        pass(Duration.ofMillis(1));
        limiter.acquire("@a:hs");
        assertThrows(IllegalArgumentException.class, () -> limiter.acquire("@a:hs", 0));
    }

    @Test
    void eachKeyHasItsOwnBucket() {
        RateLimiter limiter = limiter(1, 1);
        limiter.acquire("@a:hs");
        limiter.acquire("@b:hs");
        assertThrows(MatrixException.class, () -> limiter.acquire("@a:hs"));
    }

    @Test
    void checkingTakesNothing() {
        RateLimiter limiter = limiter(1, 1);
        for (int i = 0; i < 5; i++) {
            limiter.check("@a:hs");
        }
        limiter.acquire("@a:hs");
        assertThrows(MatrixException.class, () -> limiter.check("@a:hs"));
    }

    @Test
    void aRefusalCostsNothing() {
        RateLimiter limiter = limiter(1, 1);
        limiter.acquire("@a:hs");
        for (int i = 0; i < 100; i++) {
            assertThrows(MatrixException.class, () -> limiter.acquire("@a:hs"));
        }
        pass(Duration.ofSeconds(1));
        assertDoesNotThrow(() -> limiter.acquire("@a:hs"));
    }

    @Test
    void withoutALimitEverythingPasses() {
        var limiter = new RateLimiter(RateLimit.UNLIMITED, now::get);
        for (int i = 0; i < 10_000; i++) {
            limiter.acquire("@a:hs");
        }
    }

    /// Compares with the definition: at any time no more passed than the burst and the rate allow,
    /// and nobody is refused while the bucket holds a whole token.
    @Test
    void anySequenceFollowsTheTokenBucket() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int run = 0; run < 50; run++) {
            int burst = 1 + random.nextInt(5);
            RateLimiter limiter = limiter(1000, burst);
            double tokens = burst;
            for (int i = 0; i < 200; i++) {
                long micros = random.nextInt(3) == 0 ? 0 : random.nextInt(2_000);
                pass(Duration.ofNanos(micros * 1000));
                tokens = Math.min(burst, tokens + micros / 1000.0);
                boolean expected = tokens >= 1 - 1e-9;
                assertEquals(expected, passes(limiter, "k"), "seed " + seed);
                tokens -= expected ? 1 : 0;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-1,1", "NaN,1", "1,0"})
    void nonsenseIsNoRate(double perSecond, int burst) {
        assertThrows(IllegalArgumentException.class, () -> new RateLimit(perSecond, burst));
    }
}
