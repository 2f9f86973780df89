package chat.hearth.storage;

/// A thread with something new since an event up to which everything in its room is read.
///
/// @param root the position of the thread's root
/// @param last the position of its last event
/// @param lastSaid the position of the user's last own event in it, 0 for none
/// @param indexThen how many of its events up to that event count as unread to a plain member
/// @param indexNow the same at the end of the stretch
public record ThreadActivity(long root, long last, long lastSaid, long indexThen, long indexNow) {}
