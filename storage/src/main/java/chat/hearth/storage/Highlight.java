package chat.hearth.storage;

/// An event that is highlighted to a user.
///
/// @param user the user's number
/// @param room the room's number
/// @param position the event's position
/// @param thread position of the root of the thread it is in, 0 for none
public record Highlight(int user, int room, long position, long thread) {}
