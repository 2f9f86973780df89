package chat.hearth.rooms.create;

import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import java.util.List;
import java.util.Objects;

/// The power levels of a room that was replaced: only moderators still speak and invite.
final class ClosedLevels {
    private static final long MODERATOR_LEVEL = 50;
    private static final String EVENTS_DEFAULT = "events_default";
    private static final String INVITE = "invite";

    private ClosedLevels() {}

    /// The levels that close a room.
    ///
    /// @param levels what the content says before
    static JsonObject of(PowerLevels before, JsonObject levels) {
        long least = Math.max(MODERATOR_LEVEL, before.usersDefault() + 1);
        long events = Math.max(least, levels.integer(EVENTS_DEFAULT).orElse(0));
        long invite = Math.max(least, before.invite());
        return levels.with(EVENTS_DEFAULT, new JsonInteger(events))
                .with(INVITE, new JsonInteger(invite));
    }

    /// The levels of a room as they would be had it not been closed: whatever the closing raised
    /// and nobody has changed since is as it was before.
    ///
    /// @param before the levels before the room was first closed
    /// @param content what they say
    static JsonObject opened(JsonObject now, PowerLevels before, JsonObject content) {
        JsonObject closed = of(before, content);
        JsonObject opened = now;
        for (String name : List.of(EVENTS_DEFAULT, INVITE)) {
            if (Objects.equals(closed.value(name), now.value(name))) {
                JsonValue original = content.value(name);
                opened = original == null ? opened.without(name) : opened.with(name, original);
            }
        }
        return opened;
    }
}
