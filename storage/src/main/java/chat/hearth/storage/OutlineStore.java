package chat.hearth.storage;

import java.util.List;
import java.util.Map;

/// The events of rooms without their texts: what a walk looks at before it knows which events it
/// wants, and how many of them fit into an answer.
public interface OutlineStore {
    /// A stretch of a room's timeline, in the query's direction.
    List<EventOutline> timeline(TimelineQuery query);

    /// The latest events of each room in a stretch of the stream, newest first; rooms without any
    /// are left out. An empty list costs nothing.
    ///
    /// @param after positions above this one, which is left out
    /// @param upTo positions up to this one, which is taken in
    /// @param limit how many events of each room at most
    Map<Integer, List<EventOutline>> latest(int[] rooms, long after, long upTo, int limit);

    /// The events at those of `positions` that hold one, in no order.
    ///
    /// @param positions at most [EventStore#BATCH_MAX]
    List<EventOutline> at(long[] positions);
}
