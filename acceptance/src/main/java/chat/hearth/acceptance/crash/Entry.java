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
record Entry(
        String tag,
        String roomId,
        int sender,
        @Nullable String target,
        String body,
        Outcome outcome,
        @Nullable String eventId) {

    /// This write after it was sent again and acknowledged.
    Entry acknowledged(String answered) {
        return new Entry(tag, roomId, sender, target, body, Outcome.ACKNOWLEDGED, answered);
    }
}
