package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRule.CREATE_ADDITIONAL_CREATORS;
import static chat.hearth.protocol.auth.AuthRule.CREATE_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.CREATE_HAS_PREV_EVENTS;
import static chat.hearth.protocol.auth.AuthRule.CREATE_OF_OTHER_DOMAIN;
import static chat.hearth.protocol.auth.AuthRule.CREATE_OF_UNKNOWN_VERSION;
import static chat.hearth.protocol.auth.AuthRule.CREATE_STATES_ROOM_ID;
import static chat.hearth.protocol.auth.AuthRule.CREATE_WITHOUT_CREATOR;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.room.RoomVersionRules;
import org.jspecify.annotations.Nullable;

/// Rule 1, `m.room.create`: decided by the event alone.
final class CreateRules {
    private final RoomVersionRules rules;

    CreateRules(RoomVersionRules rules) {
        this.rules = rules;
    }

    AuthResult check(Event event) {
        if (!event.prevEvents().isEmpty()) {
            return CREATE_HAS_PREV_EVENTS.reject(rules, "A create event must be the first event");
        }
        if (CREATE_OF_OTHER_DOMAIN.isIn(rules)
                && !event.roomId().serverName().filter(event.sender()::isOn).isPresent()) {
            return CREATE_OF_OTHER_DOMAIN.reject(
                    rules, event.roomId() + " is not on the server of " + event.sender());
        }
        if (CREATE_STATES_ROOM_ID.isIn(rules) && !isHashOf(event.roomId(), event.eventId())) {
            return CREATE_STATES_ROOM_ID.reject(
                    rules, "A create event must not have a room_id in this room version");
        }
        JsonObject content = event.content();
        if (!isKnownVersion(content.value("room_version"))) {
            return CREATE_OF_UNKNOWN_VERSION.reject(rules, "Unknown room_version");
        }
        if (CREATE_WITHOUT_CREATOR.isIn(rules) && !content.has("creator")) {
            return CREATE_WITHOUT_CREATOR.reject(rules, "The create event names no creator");
        }
        if (CREATE_ADDITIONAL_CREATORS.isIn(rules)
                && !areUserIds(content.value(Creators.ADDITIONAL_CREATORS))) {
            return CREATE_ADDITIONAL_CREATORS.reject(
                    rules, "additional_creators is not a list of user ids");
        }
        return CREATE_ALLOWED.allow();
    }

    /// Whether the room's id is the event's with another sigil. An event that states a room id can
    /// never state this one, for the hash covers what it states.
    static boolean isHashOf(RoomId room, EventId event) {
        String id = room.value();
        return id.length() == event.value().length()
                && id.regionMatches(1, event.value(), 1, id.length() - 1);
    }

    private static boolean isKnownVersion(@Nullable JsonValue version) {
        return switch (version) {
            case null -> true;
            case JsonString(String id) -> RoomVersion.find(id).isPresent();
            default -> false;
        };
    }

    private static boolean areUserIds(@Nullable JsonValue users) {
        return switch (users) {
            case null -> true;
            case JsonArray array ->
                    array.values().stream()
                            .allMatch(
                                    u -> u instanceof JsonString(String id) && UserId.isValid(id));
            default -> false;
        };
    }
}
