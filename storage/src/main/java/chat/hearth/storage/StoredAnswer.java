package chat.hearth.storage;

/// What a transaction was answered with.
///
/// @param position position of what the transaction wrote, such as its event
/// @param ts when, milliseconds since the epoch
public record StoredAnswer(long position, long ts) {}
