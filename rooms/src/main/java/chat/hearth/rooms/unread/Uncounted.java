package chat.hearth.rooms.unread;

import chat.hearth.rooms.event.Room;
import chat.hearth.storage.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events of a room that are to be counted.
///
/// @param room the room
/// @param from the count that they are added to
/// @param events the events, oldest first
/// @param read how far the user has read; null when none of the events is read
record Uncounted(Room room, Tally from, List<StoredEvent> events, @Nullable ReadPositions read) {
    /// Events that came after what is counted.
    static Uncounted after(Tally tally, Room room, List<StoredEvent> events) {
        return new Uncounted(room, tally, events, null);
    }
}
