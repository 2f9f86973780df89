package chat.hearth.storage;

import java.util.List;
import java.util.Map;

/// What counts of unread events are made of. Running numbers are stored with events, so that
/// nothing here costs more for a user who was away for longer.
public interface UnreadStore {
    /// Stands for every member of a room at once where a highlight is everybody's.
    int EVERYBODY = 0;

    /// What several rooms have for a user, each since an event of its own, by room.
    ///
    /// @param marks the positions of those events, one in each room
    /// @param upTo positions up to this one, which is taken in; redactions count whenever they came
    Map<Integer, UnreadSince> since(long[] marks, int user, long upTo);

    /// The room's notify index at each of these events, by position.
    ///
    /// @param positions positions of events, whatever their rooms
    Map<Long, Long> notifyIndexes(long[] positions);

    /// The threads of a room with an event after a position, the ones with the latest first.
    ///
    /// @param user whose own events are looked for
    /// @param upTo own events up to this position count
    List<ThreadActivity> threads(int room, long after, int user, long upTo, int limit);

    /// How many events of a thread count as unread to a plain member.
    ///
    /// @param thread the position of the thread's root
    /// @param after positions above this one
    /// @param upTo positions up to this one, which is taken in
    long notifying(int room, long thread, long after, long upTo);

    /// The latest events of a room that are highlighted to a user, newest first.
    List<MarkedEvent> highlighted(int room, int user, long after, long upTo, int limit);

    /// The latest events of a room that are redacted, newest first.
    List<MarkedEvent> redacted(int room, long after, long upTo, int limit);

    /// The positions of the latest events that came after some event in its room, ascending, by
    /// room.
    ///
    /// @param marks the positions of those events, one in each room
    /// @param upTo positions up to this one, which is taken in
    /// @param limit how many events of each room at most
    Map<Integer, long[]> latestAfter(long[] marks, long upTo, int limit);
}
