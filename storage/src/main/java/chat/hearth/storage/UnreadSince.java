package chat.hearth.storage;

/// What a room has for a user since an event up to which everything is read: enough to count, or to
/// know that there is nothing to look for.
///
/// @param mark the position of that event
/// @param room the room's number
/// @param notifyIndex the room's notify index there
/// @param notifyIndexNow the room's notify index at the end of the stretch
/// @param lastSaid the position of the user's last own event outside of threads, 0 for none
/// @param lastInThread the position of the last event in any thread, 0 when there is none since
/// @param lastHighlight the position of the last highlight, 0 when there is none since
/// @param lastRedacted the position of the last event that is redacted by now, 0 when there is none
///   since
public record UnreadSince(
        long mark,
        int room,
        long notifyIndex,
        long notifyIndexNow,
        long lastSaid,
        long lastInThread,
        long lastHighlight,
        long lastRedacted) {}
