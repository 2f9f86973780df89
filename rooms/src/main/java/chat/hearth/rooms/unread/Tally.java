package chat.hearth.rooms.unread;

import org.jspecify.annotations.Nullable;

/// A count and up to where it holds. Many are kept, so what it was counted by is known by its
/// position only: a user's own push rules may be large.
///
/// @param upTo the position up to which events are counted
/// @param settingsAt the position of the push rules and ignored users that it was counted by
/// @param counts the count
/// @param changedAt a position since which the count has been what it is
record Tally(long upTo, long settingsAt, UnreadCounts counts, long changedAt) {
    /// What a tally and its place take, and what each thread in it does, estimated.
    private static final int OVERHEAD_BYTES = 200;

    private static final int THREAD_BYTES = 100;

    /// A count of which nobody knows what it was before.
    Tally(long upTo, long settingsAt, UnreadCounts counts) {
        this(upTo, settingsAt, counts, upTo);
    }

    /// Nothing counted yet.
    static Tally start(Reader reader) {
        return new Tally(0, reader.settingsAt(), UnreadCounts.NONE);
    }

    /// Whether it was counted by what `reader` wants to be told now.
    boolean isFor(Reader reader) {
        return settingsAt == reader.settingsAt();
    }

    /// The same count, known to hold up to a later position.
    Tally at(long position) {
        return new Tally(position, settingsAt, counts, changedAt);
    }

    /// The same count, where an earlier one, if any, is known.
    Tally following(@Nullable Tally earlier) {
        long since = earlier != null && earlier.counts.equals(counts) ? earlier.changedAt : upTo;
        return new Tally(upTo, settingsAt, counts, since);
    }

    /// What it takes in memory.
    int bytes() {
        return OVERHEAD_BYTES + THREAD_BYTES * counts.byThread().size();
    }
}
