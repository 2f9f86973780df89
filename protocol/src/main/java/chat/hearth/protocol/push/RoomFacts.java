package chat.hearth.protocol.push;

import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;

/// What push rules ask about the room of an event, before that event.
///
/// @param joinedMembers how many users have joined, of all servers
/// @param senderLevel the power level of the event's sender; `Long.MAX_VALUE` for a creator whose
///   power has no bound
/// @param notifications the `notifications` of the room's power levels, empty when there are none
public record RoomFacts(long joinedMembers, long senderLevel, JsonObject notifications) {
    /// What an event of the kind needs when the room does not say.
    private static final long LEVEL_DEFAULT = 50;

    /// Whether the sender may notify the whole room in the way `key`, such as `room`.
    boolean senderMayNotify(String key) {
        return senderLevel >= needed(key);
    }

    private long needed(String key) {
        return switch (notifications.value(key)) {
            case JsonInteger level -> level.value();
            // Room versions before 10 allow levels as decimal strings.
            case JsonString level when level.value().matches("[+-]?[0-9]{1,15}") ->
                    Long.parseLong(level.value());
            case null, default -> LEVEL_DEFAULT;
        };
    }
}
