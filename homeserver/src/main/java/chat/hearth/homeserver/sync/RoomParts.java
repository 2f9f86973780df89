package chat.hearth.homeserver.sync;

import chat.hearth.storage.StoredEvent;
import java.util.List;

/// What is gathered for a room before it is written.
///
/// @param shown the room and its timeline
/// @param state the state that goes with the timeline
/// @param ephemeral the ephemeral events
/// @param accountData the account data
/// @param read whether the user has read on
record RoomParts(
        Shown shown,
        List<StoredEvent> state,
        List<byte[]> ephemeral,
        List<byte[]> accountData,
        boolean read) {
    /// Whether there is anything to tell of the room.
    boolean hasNews() {
        return !shown.timeline().events().isEmpty()
                || shown.timeline().limited()
                || shown.summed()
                || read
                || !state.isEmpty()
                || !ephemeral.isEmpty()
                || !accountData.isEmpty();
    }
}
