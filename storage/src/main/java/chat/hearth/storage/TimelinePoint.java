package chat.hearth.storage;

/// An event's place along its room's timeline.
///
/// @param position its place in the stream
/// @param depth its depth
/// @param notifyIndex how many events outside of threads up to it count as unread to a plain member
/// @param stateBefore the state version before it
public record TimelinePoint(long position, long depth, long notifyIndex, long stateBefore) {}
