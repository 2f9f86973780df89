package chat.hearth.http.limit;

/// How often something may be done.
///
/// @param perSecond how many times per second over a long time; infinite for no limit
/// @param burst how many times at once after a long rest, at least 1
public record RateLimit(double perSecond, int burst) {
    /// No limit.
    public static final RateLimit UNLIMITED = new RateLimit(Double.POSITIVE_INFINITY, 1);

    /// Refuses what is no rate.
    public RateLimit {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException(
                    "A rate limit is positive, with a burst of 1 or more: "
                            + perSecond
                            + "/"
                            + burst);
        }
    }

    boolean isUnlimited() {
        return Double.isInfinite(perSecond);
    }
}
