package chat.hearth.storage;

/// A stretch of a room's timeline.
///
/// @param room the room's number
/// @param after positions above this one, which is left out
/// @param upTo positions up to this one, which is taken in
/// @param direction which end comes first, and is kept when there are more than `limit`
/// @param limit how many events at most
public record TimelineQuery(int room, long after, long upTo, Direction direction, int limit) {
    /// The latest events of a room, newest first.
    public static TimelineQuery latest(int room, int limit) {
        return new TimelineQuery(room, Long.MIN_VALUE, Long.MAX_VALUE, Direction.BACKWARD, limit);
    }
}
