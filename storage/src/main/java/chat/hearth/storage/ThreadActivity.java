package chat.hearth.storage;

/// A thread with something new.
///
/// @param root the position of the thread's root
/// @param last the position of its last event
/// @param lastSaid the position of the user's last own event in it, 0 for none
public record ThreadActivity(long root, long last, long lastSaid) {}
