package chat.hearth.rooms.event;

import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.UnreadStore;

/// Whom a new event concerns, decided once when it is appended.
///
/// @param notifies whether it counts as unread to members who left the push rules as they are
/// @param highlighted numbers of the local users to whom it is highlighted
@SuppressWarnings("ArrayRecordComponent") // made and read in one place, never compared
public record Marks(boolean notifies, int[] highlighted) {
    /// Stands in [#highlighted()] for every member at once, as for a mention of the room.
    public static final int EVERYBODY = UnreadStore.EVERYBODY;

    /// An event that concerns nobody in particular.
    public static final Marks NONE = new Marks(false, new int[0]);

    /// These marks as bits of `flags` in a [StoredEvent].
    int flags() {
        return (highlighted.length == 0 ? 0 : StoredEvent.HIGHLIGHTS)
                | (notifies ? StoredEvent.NOTIFIES : 0);
    }

    /// The marks of an event that counts as unread to nobody but those to whom it is highlighted.
    Marks silent() {
        return new Marks(false, highlighted);
    }
}
