package chat.hearth.rooms.receipt;

import chat.hearth.protocol.id.EventId;
import org.jspecify.annotations.Nullable;

/// That a user has read up to an event.
///
/// @param type what is marked
/// @param event the event
/// @param thread null for an unthreaded mark, else [#MAIN] or the id of a thread's root
public record Mark(ReceiptType type, EventId event, @Nullable String thread) {
    /// The thread that stands for everything outside of threads.
    public static final String MAIN = "main";

    /// An unthreaded mark.
    public static Mark of(ReceiptType type, EventId event) {
        return new Mark(type, event, null);
    }
}
