package chat.hearth.homeserver.sync;

import chat.hearth.storage.EventOutline;
import java.util.List;

/// The latest events of a room in a stretch of the stream.
///
/// @param events oldest first
/// @param limited whether there are more before them that the client does not have
/// @param start the position before the first of them; where they end when there are none
/// @param whole whether no event of the stretch stands before the first of them, shown or not
/// @param summaryChanged whether an event of the stretch, shown or not, may have changed the room's
///   summary
record Timeline(
        List<EventOutline> events,
        boolean limited,
        long start,
        boolean whole,
        boolean summaryChanged) {
    /// The timeline of a stretch without events.
    static Timeline empty(long at) {
        return new Timeline(List.of(), false, at, true, false);
    }

    /// The same timeline, of which the client is told that there is more before it.
    Timeline asLimited() {
        return new Timeline(events, true, start, whole, summaryChanged);
    }
}
