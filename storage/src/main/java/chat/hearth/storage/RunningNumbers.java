package chat.hearth.storage;

/// The running numbers that an event carries.
///
/// @param notifyIndex how many events of its room outside of threads, up to it, count as unread to
///   a plain member
/// @param threadIndex the same of its thread's events, 0 for an event in no thread
public record RunningNumbers(long notifyIndex, long threadIndex) {}
