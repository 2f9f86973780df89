package chat.hearth.bench.load;

import java.util.Arrays;

/// Every single time taken, in nanoseconds: percentiles are exact. Not safe for use by several
/// threads.
public final class Latencies {

    private static final int INITIAL = 1 << 16;
    private static final double NANOS_PER_MS = 1e6;

    private long[] nanos = new long[INITIAL];
    private int count;
    private boolean sorted;

    /// Adds one.
    public void add(long nanosTaken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = nanosTaken;
        sorted = false;
    }

    /// Forgets everything, for instance what was measured while warming up.
    public void reset() {
        count = 0;
    }

    /// How many there are.
    public int count() {
        return count;
    }

    /// The value in milliseconds below which `percent` of all lie; 100 is the largest.
    public double millis(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        int at = (int) Math.ceil(count * percent / 100) - 1;
        return nanos[Math.clamp(at, 0, count - 1)] / NANOS_PER_MS;
    }
}
