package chat.hearth.protocol.auth;

import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an `m.room.power_levels` event says, decoded once to be asked often. What it leaves out, or
/// what no level can be read from, has the specification's default. Immutable, safe to share
/// between threads.
///
/// See [m.room.power_levels](https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels).
public final class PowerLevels {
    /// Above every level that an event can give; the level of creators since room version 12.
    public static final long INFINITE = PowerLevel.INFINITE;

    /// The properties that are one level each.
    public static final List<String> NAMED =
            List.of(
                    "users_default",
                    "events_default",
                    "state_default",
                    "ban",
                    "redact",
                    "kick",
                    "invite");

    /// The property that gives levels to types of events.
    public static final String EVENTS = "events";

    /// The property that gives levels to kinds of notifications.
    public static final String NOTIFICATIONS = "notifications";

    /// The property that gives levels to users.
    public static final String USERS = "users";

    /// The properties that are several levels each.
    public static final List<String> MAPS = List.of(USERS, EVENTS, NOTIFICATIONS);

    /// The creator's level until room version 11 while the room has no power levels.
    private static final long CREATOR_LEVEL = 100;

    private static final long MODERATOR_LEVEL = 50;

    private final boolean fromEvent;
    private final Creators creators;
    private final Map<String, Long> named;
    private final Map<String, Long> events;
    private final Map<String, Long> notifications;
    private final Map<String, Long> users;
    private final long usersDefault;
    private final long eventsDefault;
    private final long stateDefault;

    private PowerLevels(
            RoomVersionRules rules, Creators creators, boolean fromEvent, JsonObject content) {
        this.fromEvent = fromEvent;
        this.creators = creators;
        this.named = new HashMap<>();
        for (String name : NAMED) {
            PowerLevel.read(rules, content.value(name)).ifPresent(l -> named.put(name, l));
        }
        this.events = entries(rules, content, EVENTS);
        this.notifications = entries(rules, content, NOTIFICATIONS);
        this.users = entries(rules, content, USERS);
        this.usersDefault = named("users_default", 0);
        this.eventsDefault = named("events_default", 0);
        this.stateDefault = named("state_default", MODERATOR_LEVEL);
    }

    /// Decodes the content of a room's `m.room.power_levels` event.
    ///
    /// @param creators who made the room
    /// @param content the content, null when the room has no such event
    public static PowerLevels of(
            RoomVersionRules rules, Creators creators, @Nullable JsonObject content) {
        return content == null
                ? new PowerLevels(rules, creators, false, JsonObject.EMPTY)
                : new PowerLevels(rules, creators, true, content);
    }

    private static Map<String, Long> entries(
            RoomVersionRules rules, JsonObject content, String name) {
        var entries = new HashMap<String, Long>();
        content.object(name)
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach(
                        (key, value) ->
                                PowerLevel.read(rules, value).ifPresent(l -> entries.put(key, l)));
        return entries;
    }

    /// Whether the room has an `m.room.power_levels` event.
    public boolean fromEvent() {
        return fromEvent;
    }

    /// The level of a user, [#INFINITE] for creators since room version 12.
    public long levelOf(UserId user) {
        return levelOf(user.value());
    }

    /// The level of the user with this id, which need not be valid.
    public long levelOf(String user) {
        if (creators.include(user)) {
            if (creators.privileged()) {
                return INFINITE;
            }
            if (!fromEvent) {
                return CREATOR_LEVEL;
            }
        }
        Long level = users.get(user);
        return level == null ? usersDefault : level;
    }

    /// The users who have a level of their own: those whom the event lists, and the creators. Their
    /// ids need not be valid.
    public Set<String> ranked() {
        Set<String> ranked = new LinkedHashSet<>(creators.users());
        ranked.addAll(users.keySet());
        return ranked;
    }

    /// The level needed for sending events of a type; memberships follow their own rules.
    public long required(String type, boolean isState) {
        Long level = events.get(type);
        if (level != null) {
            return level;
        }
        return isState ? stateDefault : eventsDefault;
    }

    /// The level of users that the event does not list.
    public long usersDefault() {
        return usersDefault;
    }

    /// The level needed for banning, and together with [#kick()] for unbanning.
    public long ban() {
        return named("ban", MODERATOR_LEVEL);
    }

    /// The level needed for kicking.
    public long kick() {
        return named("kick", MODERATOR_LEVEL);
    }

    /// The level needed for redacting what others sent.
    public long redact() {
        return named("redact", MODERATOR_LEVEL);
    }

    /// The level needed for inviting.
    public long invite() {
        return named("invite", 0);
    }

    /// The level needed for notifications of a kind, such as `room` for `@room`.
    public long notification(String kind) {
        return notifications.getOrDefault(kind, MODERATOR_LEVEL);
    }

    /// The level that the event itself gives to a property that is one level.
    OptionalLong stated(String name) {
        Long level = named.get(name);
        return level == null ? OptionalLong.empty() : OptionalLong.of(level);
    }

    Map<String, Long> events() {
        return events;
    }

    Map<String, Long> notifications() {
        return notifications;
    }

    Map<String, Long> users() {
        return users;
    }

    private long named(String name, long byDefault) {
        Long level = named.get(name);
        return level == null ? byDefault : level;
    }
}
