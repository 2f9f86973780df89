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

    /// The running numbers of those of the events at `positions` that are there, by position.
    ///
    /// @param positions positions of events, whatever their rooms
    Map<Long, RunningNumbers> numbers(long[] positions);

    /// The threads of several rooms with an event after another event of the room, by room.
    ///
    /// @param marks the positions of those events, one in each room
    /// @param user whose own events are looked for
    /// @param upTo what is told of a thread is told of its events up to this position
    /// @param limit how many threads of each room at most, the ones with the latest events
    Map<Integer, List<ThreadActivity>> threads(long[] marks, int user, long upTo, int limit);

    /// The events that came after some event in their room and are highlighted to a user, by room.
    ///
    /// @param marks the positions of those events, one in each room
    /// @param upTo positions up to this one, which is taken in
    /// @param limit how many events of each room at most, the latest; as many again that are
    ///   highlighted to everybody
    Map<Integer, List<MarkedEvent>> highlighted(long[] marks, int user, long upTo, int limit);

    /// The events that came after some event in their room and are redacted, by room.
    ///
    /// @param marks the positions of those events, one in each room
    /// @param upTo positions up to this one, which is taken in
    /// @param limit how many events of each room at most, the latest
    Map<Integer, List<MarkedEvent>> redacted(long[] marks, long upTo, int limit);

    /// The positions of the latest events that came after some event in its room, ascending, by
    /// room.
    ///
    /// @param marks the positions of those events, one in each room
    /// @param upTo positions up to this one, which is taken in
    /// @param limit how many events of each room at most
    Map<Integer, long[]> latestAfter(long[] marks, long upTo, int limit);
}
