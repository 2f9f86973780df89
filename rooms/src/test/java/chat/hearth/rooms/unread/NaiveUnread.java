package chat.hearth.rooms.unread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Counts one room's unread messages from a list of all that happened there, by the words of the
/// specification and nothing else.
final class NaiveUnread {
    /// No thread: the main timeline.
    static final long MAIN = 0;

    private final List<Said> said = new ArrayList<>();
    private final Set<Long> redacted;
    private final Map<Long, Long> readByThread = new HashMap<>();
    private long readEverywhere;
    private long joined;

    /// A message.
    ///
    /// @param thread position of its thread's root
    /// @param loud whether it mentions the user
    private record Said(long position, long thread, boolean own, boolean notifies, boolean loud) {}

    /// @param redacted positions of the messages that were redacted; the caller adds to it
    NaiveUnread(Set<Long> redacted) {
        this.redacted = redacted;
    }

    /// The user joined, after having been outside.
    void joined(long position) {
        joined = position;
    }

    /// Somebody sent a message.
    void said(long position, long thread, boolean own, boolean notifies, boolean loud) {
        said.add(new Said(position, thread, own, notifies, loud));
    }

    /// The user has read everything up to here.
    void read(long position) {
        readEverywhere = Math.max(readEverywhere, position);
    }

    /// The user has read a thread up to here.
    void read(long thread, long position) {
        readByThread.merge(thread, position, Math::max);
    }

    /// What is unread.
    UnreadCounts count() {
        Map<Long, UnreadCount> counts = new HashMap<>();
        for (Said one : said) {
            if (isUnread(one)) {
                counts.merge(
                        one.thread(), new UnreadCount(1, one.loud() ? 1 : 0), UnreadCount::plus);
            }
        }
        return new UnreadCounts(counts);
    }

    private boolean isUnread(Said one) {
        boolean answered =
                said.stream()
                        .anyMatch(
                                later ->
                                        later.own()
                                                && later.thread() == one.thread()
                                                && later.position() >= one.position());
        return one.notifies()
                && !answered
                && !redacted.contains(one.position())
                && one.position() > joined
                && one.position() > readEverywhere
                && one.position() > readByThread.getOrDefault(one.thread(), 0L);
    }
}
