package chat.hearth.http;

import java.time.Duration;

/// How fast a client has to send a body or take a response: after some patience at a minimum rate,
/// so that neither a long transfer over a slow line is cut, nor a short one can be drawn out.
///
/// @param patience how long nothing at all may move
/// @param bytesPerSecondMin the rate that is enough for as long as it takes
record Pace(Duration patience, long bytesPerSecondMin) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// The time that `bytes` may take.
    long nanos(long bytes) {
        return bytes * NANOS_PER_SECOND / bytesPerSecondMin;
    }

    /// What is left of `before` after `bytes` took `nanos`; never more than there was at first.
    Duration left(Duration before, long nanos, long bytes) {
        long left = before.toNanos() - nanos + nanos(bytes);
        return Duration.ofNanos(Math.clamp(left, 1, patience.toNanos()));
    }
}
