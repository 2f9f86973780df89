package chat.hearth.rooms.history;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// How long a walk looks for events that a filter and the room's visibility let through, before it
/// gives out what it has found. For one walk and one thread.
public final class Scan {
    /// So many events are looked at, none of whose texts is read.
    public static final int ROWS_MAX = 10_000;

    /// So long is looked for them: a second reader waits no longer for the first.
    public static final Duration TIME_MAX = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final BooleanSupplier wanted;
    private final long begun;
    private int rows;

    /// A scan that begins now.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds
    /// @param wanted whether somebody still waits for what is found; asked between the pieces of
    ///   the work
    public Scan(LongSupplier nanoTime, BooleanSupplier wanted) {
        this.nanoTime = nanoTime;
        this.wanted = wanted;
        this.begun = nanoTime.getAsLong();
    }

    /// Notes that so many events more were looked at.
    void looked(int count) {
        rows += count;
    }

    boolean mayGoOn() {
        return rows < ROWS_MAX
                && nanoTime.getAsLong() - begun < TIME_MAX.toNanos()
                && wanted.getAsBoolean();
    }
}
