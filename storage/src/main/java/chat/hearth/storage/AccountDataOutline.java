package chat.hearth.storage;

import org.jspecify.annotations.Nullable;

/// A piece of a user's account data, whose content is there only if it is short: what is long is
/// read when it is needed.
///
/// @param room the room's number, 0 for global account data
/// @param type the event type
/// @param position where it stands in the stream
/// @param bytes the length of its content
/// @param content the content, or null
@SuppressWarnings("ArrayRecordComponent") // bytes are served as they are, never compared
public record AccountDataOutline(
        int room, String type, long position, int bytes, byte @Nullable [] content) {
    /// Contents of at most so many bytes are read with their outline.
    public static final int SHORT_BYTES_MAX = 1_024;

    /// The same without its content.
    public AccountDataOutline withoutContent() {
        return new AccountDataOutline(room, type, position, bytes, null);
    }
}
