package chat.hearth.homeserver.sync;

import chat.hearth.rooms.history.PageBudget;
import chat.hearth.rooms.unread.UnreadCounts;
import chat.hearth.storage.AccountDataOutline;
import chat.hearth.storage.EventOutline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is gathered for a room before it is written. The texts of its events are not, for they may
/// be large.
///
/// @param shown the room and its timeline
/// @param state the state that goes with the timeline
/// @param ephemeral the ephemeral events
/// @param accountData the account data
/// @param read whether the user has read on
/// @param unread what is unread, null for a room that was left
record RoomParts(
        Shown shown,
        List<EventOutline> state,
        List<byte[]> ephemeral,
        List<AccountDataOutline> accountData,
        boolean read,
        @Nullable UnreadCounts unread) {
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

    /// The same with what is unread.
    RoomParts with(UnreadCounts counts) {
        return new RoomParts(shown, state, ephemeral, accountData, read, counts);
    }

    /// How long the room is about when it is written.
    long bytes() {
        long bytes = 0;
        for (EventOutline event : shown.timeline().events()) {
            bytes += event.bytes();
        }
        for (EventOutline event : state) {
            bytes += event.bytes();
        }
        for (byte[] event : ephemeral) {
            bytes += event.length;
        }
        for (AccountDataOutline data : accountData) {
            bytes += data.bytes();
        }
        return bytes;
    }

    /// Whether the room is too large to be written in one piece.
    boolean isLarge() {
        return bytes() > PageBudget.BYTES_MAX;
    }
}
