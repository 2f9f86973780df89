package chat.hearth.storage;

/// As much of an event as a count of unread events needs.
///
/// @param position its place in the stream
/// @param sender the sender's number
/// @param thread the position of the root of its thread, 0 for none
/// @param notifies whether it counts as unread to a plain member
/// @param redacted whether it is redacted
public record MarkedEvent(
        long position, int sender, long thread, boolean notifies, boolean redacted) {}
