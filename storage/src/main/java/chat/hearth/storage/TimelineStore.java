package chat.hearth.storage;

import java.util.List;
import java.util.Map;

/// Stretches of the timelines of several rooms, each read with one statement for all of them. Rooms
/// are given once each; an empty list costs nothing.
public interface TimelineStore {
    /// The latest events of each room in a stretch of the stream, newest first; rooms without any
    /// are left out.
    ///
    /// @param after positions above this one, which is left out
    /// @param upTo positions up to this one, which is taken in
    /// @param limit how many events of each room at most
    Map<Integer, List<StoredEvent>> latest(int[] rooms, long after, long upTo, int limit);

    /// The positions of the latest events of each room, ascending; rooms without any are left out.
    ///
    /// @param limit how many events of each room at most
    Map<Integer, long[]> latestPositions(int[] rooms, int limit);

    /// The rooms among `rooms` with an event in a stretch of the stream.
    int[] active(int[] rooms, long after, long upTo);

    /// The position and counters of the last event of each room at or before `upTo`; rooms without
    /// one are left out.
    Map<Integer, TimelinePoint> lastPoints(int[] rooms, long upTo);

    /// The position and counters of the first event of each room after a position; rooms without
    /// one are left out.
    Map<Integer, TimelinePoint> nextPoints(int[] rooms, long after);
}
