package chat.hearth.storage;

/// How far a user has read.
///
/// @param room the room's number
/// @param user the reader's number
/// @param type the receipt type, such as `m.read`
/// @param thread empty for an unthreaded receipt, else `main` or the id of the thread's root
/// @param event position of the event that was read
/// @param ts when it was read, milliseconds since the epoch
/// @param position where the receipt stands in the stream
public record Receipt(
        int room, int user, String type, String thread, long event, long ts, long position) {}
