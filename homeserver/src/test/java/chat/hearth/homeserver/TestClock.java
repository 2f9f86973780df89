package chat.hearth.homeserver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The time of a server under test: it can be moved on, and may otherwise stand still.
final class TestClock implements InstantSource {
    private static final Instant STILL = Instant.ofEpochMilli(1_800_000_000_000L);

    private final AtomicLong passedNanos = new AtomicLong();
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    private TestClock(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /// Moves on as real time does, and by [#pass].
    static TestClock running() {
        return new TestClock(InstantSource.system(), System::nanoTime);
    }

    /// Moves on only by [#pass].
    static TestClock still() {
        return new TestClock(InstantSource.fixed(STILL), () -> 0);
    }

    void pass(Duration time) {
        passedNanos.addAndGet(time.toNanos());
    }

    @Override
    public Instant instant() {
        return clock.instant().plusNanos(passedNanos.get());
    }

    long nanoTime() {
        return nanoTime.getAsLong() + passedNanos.get();
    }
}
