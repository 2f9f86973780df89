package chat.hearth.rooms.unread;

import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.MarkedEvent;
import chat.hearth.storage.RunningNumbers;
import chat.hearth.storage.Stores;
import chat.hearth.storage.ThreadActivity;
import chat.hearth.storage.UnreadSince;
import chat.hearth.storage.UnreadStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

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
        List<UnreadSince> all = List.copyOf(found.values());
        var threads =
                unread.threads(with(all, UnreadSince::lastInThread), user, until, THREADS_MAX);
        var redacted = unread.redacted(with(all, UnreadSince::lastRedacted), until, REDACTED_MAX);
        var highlighted =
                unread.highlighted(
                        with(all, UnreadSince::lastHighlight), user, until, HIGHLIGHTS_MAX);
        var sums = new ArrayList<Sum>();
        for (Mark mark : marks) {
            UnreadSince since = found.get(mark.number());
            if (since != null && since.mark() == mark.lower()) {
                sums.add(new Sum(mark, since, threads.getOrDefault(mark.number(), List.of())));
            }
        }
        Map<Long, RunningNumbers> numbers =
                unread.numbers(sums.stream().flatMapToLong(Sum::unknown).distinct().toArray());
        Map<Integer, UnreadCounts> counts = new HashMap<>();
        for (Sum sum : sums) {
            int room = sum.mark.number();
            sum.add(numbers, until);
            sum.leaveOut(redacted.getOrDefault(room, List.of()));
            sum.highlight(highlighted.getOrDefault(room, List.of()), user);
            counts.put(room, sum.counts());
        }
        return counts;
    }

    /// The marks of those rooms that have something of a kind.
    private static long[] with(List<UnreadSince> all, ToLongFunction<UnreadSince> last) {
        return all.stream()
                .filter(since -> last.applyAsLong(since) != 0)
                .mapToLong(UnreadSince::mark)
                .toArray();
    }

    /// The count of one room.
    private static final class Sum {
        private final Mark mark;
        private final UnreadSince since;
        private final List<ThreadActivity> threads;

        /// Up to where each thread is read, by root.
        private final Map<Long, Long> lowers = new HashMap<>();

        private final Map<Long, UnreadCount> counts = new HashMap<>();

        Sum(Mark mark, UnreadSince since, List<ThreadActivity> threads) {
            this.mark = mark;
            this.since = since;
            this.threads = threads;
            read(UnreadCounter.MAIN, since.lastSaid());
            threads.forEach(thread -> read(thread.root(), thread.lastSaid()));
        }

        private void read(long root, long lastSaid) {
            lowers.put(root, Math.max(Math.max(mark.lower(), mark.read().in(root)), lastSaid));
        }

        private long lower(long root) {
            return Objects.requireNonNull(lowers.get(root));
        }

        /// The positions whose running numbers are needed.
        LongStream unknown() {
            return lowers.values().stream()
                    .mapToLong(Long::longValue)
                    .filter(lower -> lower != mark.lower());
        }

        /// Adds what came between the two ends. A thread is read up to the mark, or else up to an
        /// event of its own.
        void add(Map<Long, RunningNumbers> numbers, long until) {
            RunningNumbers main = numbers.get(lower(UnreadCounter.MAIN));
            long then = main == null ? since.notifyIndex() : main.notifyIndex();
            add(UnreadCounter.MAIN, Math.max(0, since.notifyIndexNow() - then), 0);
            for (ThreadActivity thread : threads) {
                long lower = lower(thread.root());
                RunningNumbers own = numbers.get(lower);
                long before = own == null ? thread.indexThen() : own.threadIndex();
                if (lower < until) {
                    add(thread.root(), Math.max(0, thread.indexNow() - before), 0);
                }
            }
        }

        void leaveOut(List<MarkedEvent> redacted) {
            for (MarkedEvent event : redacted) {
                if (event.notifies() && isUnread(event)) {
                    add(event.thread(), -1, 0);
                }
            }
        }

        void highlight(List<MarkedEvent> highlighted, int user) {
            for (MarkedEvent event : highlighted) {
                if (!event.redacted() && event.sender() != user && isUnread(event)) {
                    add(event.thread(), event.notifies() ? 0 : 1, 1);
                }
            }
        }

        /// What is in a thread beyond the bound is left alone.
        private boolean isUnread(MarkedEvent event) {
            Long lower = lowers.get(event.thread());
            return lower != null && event.position() > lower;
        }

        private void add(long thread, long notifications, int highlights) {
            var more =
                    new UnreadCount(Math.clamp(notifications, -1, Integer.MAX_VALUE), highlights);
            counts.merge(thread, more, UnreadCount::plus);
        }

        UnreadCounts counts() {
            counts.values().removeIf(UnreadCount.NONE::equals);
            return new UnreadCounts(Map.copyOf(counts));
        }
    }
}
