package chat.hearth.rooms.unread;

/// How many unread events notify a user.
///
/// @param notifications all of them
/// @param highlights those among them that are highlighted
public record UnreadCount(int notifications, int highlights) {
    /// Everything is read.
    public static final UnreadCount NONE = new UnreadCount(0, 0);

    /// Both counts added up.
    UnreadCount plus(UnreadCount other) {
        return new UnreadCount(notifications + other.notifications, highlights + other.highlights);
    }
}
