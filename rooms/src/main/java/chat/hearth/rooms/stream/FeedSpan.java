package chat.hearth.rooms.stream;

import java.util.List;

/// What happened for a user after a position.
public sealed interface FeedSpan {
    /// Everything is known.
    ///
    /// @param rooms the rooms with changes, each once, in order of their first change
    /// @param globalKinds the [ChangeKind] bits of changes outside of any room
    record Known(List<RoomChange> rooms, int globalKinds) implements FeedSpan {}

    /// The feed does not reach back that far: the reader looks into the store.
    enum Unknown implements FeedSpan {
        /// The one instance.
        UNKNOWN
    }

    /// That a room changed.
    ///
    /// @param room the room's number
    /// @param kinds the [ChangeKind] bits of what changed
    record RoomChange(int room, int kinds) {}
}
