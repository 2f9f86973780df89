package chat.hearth.rooms.event;

/// Whom a new event concerns, decided once when it is appended.
///
/// @param notifies whether it counts as unread to members who left the push rules as they are
/// @param highlighted numbers of the local users to whom it is highlighted
@SuppressWarnings("ArrayRecordComponent") // made and read in one place, never compared
public record Marks(boolean notifies, int[] highlighted) {
    /// Stands in [#highlighted()] for every member at once, as for a mention of the room.
    public static final int EVERYBODY = 0;

    /// An event that concerns nobody in particular.
    public static final Marks NONE = new Marks(false, new int[0]);
}
