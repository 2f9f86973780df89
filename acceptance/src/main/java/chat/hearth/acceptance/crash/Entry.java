package chat.hearth.acceptance.crash;

import org.jspecify.annotations.Nullable;

/// One write that shows as one event in a room's timeline, found again by a tag in its content.
///
/// @param tag unique in the whole run
/// @param roomId the room
/// @param sender the index of the worker that wrote it
/// @param target the request target, for sending it again; null when a repetition would be another
///   write
/// @param body the request body
/// @param outcome what the client knows
/// @param eventId the answered event id, when the answer had one
/// @param sets what the same write sets besides, null for an event that sets nothing
record Entry(
        String tag,
        String roomId,
        int sender,
        @Nullable String target,
        String body,
        Outcome outcome,
        @Nullable String eventId,
        @Nullable Setting sets) {

    /// A value that a write gives to a cell.
    ///
    /// @param cell which
    /// @param value what it holds from then on
    record Setting(Cell cell, String value) {}
}
