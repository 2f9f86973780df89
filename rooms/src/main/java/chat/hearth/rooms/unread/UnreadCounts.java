package chat.hearth.rooms.unread;

import java.util.Map;
import java.util.TreeMap;

/// What a user has not read in a room, by thread. Immutable.
///
/// @param byThread position of a thread's root → its count, 0 for the main timeline; what is not
///   there is read
public record UnreadCounts(Map<Long, UnreadCount> byThread) {
    /// Everything is read.
    public static final UnreadCounts NONE = new UnreadCounts(Map.of());

    /// The count of events outside of threads.
    public UnreadCount main() {
        return byThread.getOrDefault(UnreadCounter.MAIN, UnreadCount.NONE);
    }

    /// The count of all events of the room.
    public UnreadCount total() {
        return byThread.values().stream().reduce(UnreadCount.NONE, UnreadCount::plus);
    }

    /// The threads with unread events, by the position of their roots.
    public Map<Long, UnreadCount> threads() {
        var threads = new TreeMap<>(byThread);
        threads.remove(UnreadCounter.MAIN);
        return threads;
    }
}
