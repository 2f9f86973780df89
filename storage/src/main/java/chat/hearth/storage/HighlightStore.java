package chat.hearth.storage;

import java.util.List;
import java.util.Set;

/// Which unread events are highlighted to whom. Plain unread counts are computed when read.
public interface HighlightStore {
    /// Adds a highlight.
    void add(WriteTransaction tx, Highlight highlight);

    /// Removes a user's highlights in a room up to a position, taken in.
    void clear(WriteTransaction tx, int user, int room, long upTo);

    /// Removes a user's highlights in one thread of a room up to a position, taken in.
    ///
    /// @param thread position of the thread's root, 0 for the main timeline
    void clearThread(WriteTransaction tx, int user, int room, long thread, long upTo);

    /// Those of the events at `positions` that are highlighted to a user.
    ///
    /// @param positions positions of events, whatever their rooms
    Set<Long> among(int user, long[] positions);

    /// A user's highlights in a room after a position, oldest first.
    List<Highlight> of(int user, int room, long after, int limit);

    /// Removes some of a user's highlights, in whichever rooms.
    ///
    /// @param limit how many at most
    /// @return how many were removed, 0 when there are none
    int removeOfUser(WriteTransaction tx, int user, int limit);
}
