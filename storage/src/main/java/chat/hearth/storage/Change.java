package chat.hearth.storage;

/// A durable change, as announced to the readers of the stream.
///
/// @param position its place in the stream
/// @param kind what changed
/// @param room the room's number, 0 when no room is concerned
/// @param user the user's number: the target of a membership change, the owner of account data, the
///   reader of a receipt; 0 when no user is concerned
public record Change(long position, Kind kind, int room, int user) {
    /// What can change.
    public enum Kind {
        /// An event was appended to a room.
        EVENT,
        /// A membership changed without an event in the room's timeline, such as an invite over
        /// federation or a room that was forgotten.
        MEMBERSHIP,
        /// A receipt moved.
        RECEIPT,
        /// A receipt moved that only its reader may know of.
        PRIVATE_RECEIPT,
        /// Account data, tags or push rules changed.
        ACCOUNT_DATA,
        /// A profile changed.
        PROFILE,
        /// A user's devices changed.
        DEVICES
    }
}
