package chat.hearth.rooms.unread;

import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.MarkedEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.ThreadActivity;
import chat.hearth.storage.UnreadSince;
import chat.hearth.storage.UnreadStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Counts what is unread by the rules that everybody has who changed none. What notifies has
/// running numbers, so that a count is a difference of two of them, however much is unread; only
/// threads with something new, highlights and redacted events are looked at one by one. Safe for
/// use by several threads.
final class DefaultCounts {
    /// So many threads of a room that have something new are counted, the latest ones.
    static final int THREADS_MAX = 1_000;

    /// So many highlights of a user in a room are counted, the latest ones.
    static final int HIGHLIGHTS_MAX = 1_000;

    /// So many redacted events of a room are left out; older ones count as if they were whole.
    static final int REDACTED_MAX = 1_000;

    private final Stores stores;
    private final UnreadStore unread;
    private final EventCache events;

    DefaultCounts(Stores stores, EventCache events) {
        this.stores = stores;
        this.unread = stores.unread();
        this.events = events;
    }

    /// A room, and up to where everything is read in it.
    ///
    /// @param lower the position of an event of the room
    record Mark(Room room, ReadPositions read, long lower) {
        int number() {
            return room.number();
        }
    }

    /// What `user` has not read as of the position `until`, by room. A room is left out when its
    /// mark is at no event of it.
    Map<Integer, UnreadCounts> count(List<Mark> marks, int user, long until) {
        if (marks.isEmpty()) {
            return Map.of();
        }
        return events.inSnapshot(stores.snapshots(), () -> read(marks, user, until));
    }

    private Map<Integer, UnreadCounts> read(List<Mark> marks, int user, long until) {
        long[] lowers = marks.stream().mapToLong(Mark::lower).distinct().toArray();
        Map<Integer, UnreadSince> found = unread.since(lowers, user, until);
        var sums = new ArrayList<Sum>();
        for (Mark mark : marks) {
            UnreadSince since = found.get(mark.number());
            if (since != null && since.mark() == mark.lower()) {
                sums.add(new Sum(mark, since, user, until));
            }
        }
        Map<Long, Long> indexes =
                unread.notifyIndexes(
                        sums.stream()
                                .filter(sum -> sum.mainLower() != sum.since.mark())
                                .mapToLong(Sum::mainLower)
                                .toArray());
        Map<Integer, UnreadCounts> counts = new HashMap<>();
        sums.forEach(sum -> counts.put(sum.since.room(), sum.counts(indexes)));
        return counts;
    }

    /// The count of one room.
    private final class Sum {
        private final Mark mark;
        private final UnreadSince since;
        private final int user;
        private final long until;

        /// Up to where each thread is read, by root.
        private final Map<Long, Long> lowers = new HashMap<>();

        private final Map<Long, UnreadCount> counts = new HashMap<>();

        Sum(Mark mark, UnreadSince since, int user, long until) {
            this.mark = mark;
            this.since = since;
            this.user = user;
            this.until = until;
            lowers.put(UnreadCounter.MAIN, lower(UnreadCounter.MAIN, since.lastSaid()));
        }

        private long lower(long root, long lastSaid) {
            return Math.max(Math.max(mark.lower(), mark.read().in(root)), lastSaid);
        }

        long mainLower() {
            return Objects.requireNonNull(lowers.get(UnreadCounter.MAIN));
        }

        UnreadCounts counts(Map<Long, Long> indexes) {
            long atLower = indexes.getOrDefault(mainLower(), since.notifyIndex());
            add(UnreadCounter.MAIN, Math.max(0, since.notifyIndexNow() - atLower), 0);
            if (since.lastInThread() != 0) {
                addThreads();
            }
            if (since.lastRedacted() != 0) {
                leaveOutRedacted();
            }
            if (since.lastHighlight() != 0) {
                addHighlights();
            }
            counts.values().removeIf(UnreadCount.NONE::equals);
            return new UnreadCounts(Map.copyOf(counts));
        }

        private void addThreads() {
            List<ThreadActivity> threads =
                    unread.threads(since.room(), mark.lower(), user, until, THREADS_MAX);
            for (ThreadActivity thread : threads) {
                long lower = lower(thread.root(), thread.lastSaid());
                lowers.put(thread.root(), lower);
                if (lower < Math.min(until, thread.last())) {
                    add(
                            thread.root(),
                            unread.notifying(since.room(), thread.root(), lower, until),
                            0);
                }
            }
        }

        private void leaveOutRedacted() {
            List<MarkedEvent> redacted =
                    unread.redacted(since.room(), mark.lower(), until, REDACTED_MAX);
            for (MarkedEvent event : redacted) {
                if (event.notifies() && isUnread(event)) {
                    add(event.thread(), -1, 0);
                }
            }
        }

        private void addHighlights() {
            List<MarkedEvent> highlighted =
                    unread.highlighted(since.room(), user, mark.lower(), until, HIGHLIGHTS_MAX);
            for (MarkedEvent event : highlighted) {
                if (!event.redacted() && event.sender() != user && isUnread(event)) {
                    add(event.thread(), event.notifies() ? 0 : 1, 1);
                }
            }
        }

        /// Not so in a thread that is beyond the bound.
        private boolean isUnread(MarkedEvent event) {
            Long lower = lowers.get(event.thread());
            return lower != null && event.position() > lower;
        }

        private void add(long thread, long notifications, int highlights) {
            var more =
                    new UnreadCount(Math.clamp(notifications, -1, Integer.MAX_VALUE), highlights);
            counts.merge(thread, more, UnreadCount::plus);
        }
    }
}
