package chat.hearth.protocol.push;

import java.util.function.ToLongFunction;

/// What push rules ask about the room of an event, before that event.
///
/// @param joinedMembers how many users have joined, of all servers
/// @param senderLevel the power level of the event's sender; `Long.MAX_VALUE` for a creator whose
///   power has no bound
/// @param notificationLevel what level a notification of a kind, such as `room`, needs
public record RoomFacts(
        long joinedMembers, long senderLevel, ToLongFunction<String> notificationLevel) {
    /// Whether the sender may notify in the way `key`.
    boolean senderMayNotify(String key) {
        return senderLevel >= notificationLevel.applyAsLong(key);
    }
}
