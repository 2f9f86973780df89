package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_ENTRY_CURRENT_ABOVE;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_ENTRY_NEW_ABOVE;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_ENTRY_NOT_INTEGER;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_FIRST;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_NAMED_CURRENT;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_NAMED_NEW;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_NAMED_NOT_INTEGER;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_OF_CREATOR;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_USERS;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_USER_CURRENT_EQUAL;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_USER_NEW_ABOVE;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Rule 10, `m.room.power_levels` (9 from room version 6 to 11): well-formed, and nobody gives or
/// takes what is above their own level. An event with a state key has no effect and follows no
/// other, so that its form alone is looked at.
final class PowerLevelRules {
    private final RoomVersionRules rules;

    PowerLevelRules(RoomVersionRules rules) {
        this.rules = rules;
    }

    AuthResult check(Event event, AuthContext context) {
        Creators creators = context.creation().creators();
        AuthResult malformed = checkForm(event.content(), creators);
        if (malformed != null) {
            return malformed;
        }
        PowerLevels current = context.powerLevels();
        if (!current.fromEvent() || !event.isState(EventTypes.POWER_LEVELS, "")) {
            return POWER_LEVELS_FIRST.allow();
        }
        AuthResult unreadable = checkUnreadable(event.content());
        if (unreadable != null) {
            return unreadable;
        }
        var proposed = PowerLevels.of(rules, creators, event.content());
        AuthResult tooHigh = checkChanges(event.sender(), current, proposed);
        return tooHigh == null ? POWER_LEVELS_ALLOWED.allow() : tooHigh;
    }

    private @Nullable AuthResult checkForm(JsonObject content, Creators creators) {
        if (rules.integerPowerLevels()) {
            AuthResult rejected =
                    checkLevels(
                            content,
                            POWER_LEVELS_NAMED_NOT_INTEGER,
                            POWER_LEVELS_ENTRY_NOT_INTEGER);
            return rejected == null ? checkUsers(content, creators) : rejected;
        }
        return checkUsers(content, creators);
    }

    /// Until room version 9 no rule of its own asks for levels that can be read. They are needed
    /// for the comparison with the current ones, which the first event is spared.
    private @Nullable AuthResult checkUnreadable(JsonObject content) {
        return rules.integerPowerLevels() ? null : checkLevels(content, POWER_LEVELS, POWER_LEVELS);
    }

    private @Nullable AuthResult checkLevels(
            JsonObject content, AuthRule forNamed, AuthRule forEntries) {
        for (String name : PowerLevels.NAMED) {
            if (content.has(name) && PowerLevel.read(rules, content.value(name)).isEmpty()) {
                return forNamed.reject(rules, name + " is not a power level");
            }
        }
        if (!isMapOfLevels(content.value(PowerLevels.EVENTS))) {
            return forEntries.reject(rules, "events has a value that is not a power level");
        }
        if (rules.checksNotificationLevels()
                && !isMapOfLevels(content.value(PowerLevels.NOTIFICATIONS))) {
            return forEntries.reject(rules, "notifications has a value that is not a power level");
        }
        return null;
    }

    private @Nullable AuthResult checkUsers(JsonObject content, Creators creators) {
        JsonValue value = content.value(PowerLevels.USERS);
        if (!isMapOfLevels(value)) {
            return POWER_LEVELS_USERS.reject(rules, "users has a value that is not a power level");
        }
        JsonObject users = value instanceof JsonObject object ? object : JsonObject.EMPTY;
        for (String user : users.names()) {
            if (!UserId.isValid(user)) {
                return POWER_LEVELS_USERS.reject(rules, "users names what is not a user id");
            }
            if (POWER_LEVELS_OF_CREATOR.isIn(rules) && creators.include(user)) {
                return POWER_LEVELS_OF_CREATOR.reject(
                        rules, user + " made the room and must not be given a power level");
            }
        }
        return null;
    }

    private boolean isMapOfLevels(@Nullable JsonValue value) {
        if (value == null) {
            return true;
        }
        return value instanceof JsonObject object
                && object.members().values().stream()
                        .allMatch(level -> PowerLevel.read(rules, level).isPresent());
    }

    private @Nullable AuthResult checkChanges(
            UserId sender, PowerLevels current, PowerLevels proposed) {
        long own = current.levelOf(sender);
        for (String name : PowerLevels.NAMED) {
            OptionalLong before = current.stated(name);
            OptionalLong after = proposed.stated(name);
            if (before.equals(after)) {
                continue;
            }
            if (before.isPresent() && before.getAsLong() > own) {
                return tooHigh(POWER_LEVELS_NAMED_CURRENT, name, own);
            }
            if (after.isPresent() && after.getAsLong() > own) {
                return tooHigh(POWER_LEVELS_NAMED_NEW, name, own);
            }
        }
        AuthResult entries = checkEntries(own, current, proposed);
        return entries == null
                ? checkUserChanges(sender.value(), own, current.users(), proposed.users())
                : entries;
    }

    private @Nullable AuthResult checkEntries(long own, PowerLevels current, PowerLevels proposed) {
        String taken = firstAbove(own, current.events(), proposed.events());
        if (taken == null && rules.checksNotificationLevels()) {
            taken = firstAbove(own, current.notifications(), proposed.notifications());
        }
        if (taken != null) {
            return tooHigh(POWER_LEVELS_ENTRY_CURRENT_ABOVE, taken, own);
        }
        String given = firstAbove(own, proposed.events(), current.events());
        if (given == null && rules.checksNotificationLevels()) {
            given = firstAbove(own, proposed.notifications(), current.notifications());
        }
        return given == null ? null : tooHigh(POWER_LEVELS_ENTRY_NEW_ABOVE, given, own);
    }

    private @Nullable AuthResult checkUserChanges(
            String sender, long own, Map<String, Long> current, Map<String, Long> proposed) {
        for (Map.Entry<String, Long> entry : current.entrySet()) {
            String user = entry.getKey();
            if (!user.equals(sender)
                    && !entry.getValue().equals(proposed.get(user))
                    && entry.getValue() >= own) {
                return tooHigh(POWER_LEVELS_USER_CURRENT_EQUAL, user, own);
            }
        }
        String given = firstAbove(own, proposed, current);
        return given == null ? null : tooHigh(POWER_LEVELS_USER_NEW_ABOVE, given, own);
    }

    /// A key whose level in `levels` is above `limit` and not the same in `others`, or null.
    private static @Nullable String firstAbove(
            long limit, Map<String, Long> levels, Map<String, Long> others) {
        for (Map.Entry<String, Long> entry : levels.entrySet()) {
            if (entry.getValue() > limit && !entry.getValue().equals(others.get(entry.getKey()))) {
                return entry.getKey();
            }
        }
        return null;
    }

    private AuthResult tooHigh(AuthRule rule, String changed, long own) {
        return rule.reject(rules, "The level of " + changed + " is beyond your power level " + own);
    }
}
