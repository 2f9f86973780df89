package chat.hearth.rooms.create;

import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonDecimal;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonNumber;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The power levels of a room that replaces another.
///
/// @param initial what the room is made with: the upgrading user has enough for every first event
/// @param lasting what holds once it is made
record UpgradedLevels(JsonObject initial, JsonObject lasting) {
    /// What administrators have by custom.
    private static final long ADMIN_LEVEL = 100;

    private static final long MODERATOR_LEVEL = 50;

    /// Takes the levels of the old room over.
    ///
    /// @param old the content of the old room's power levels
    /// @param outranking users of the old room who outranked every level there, and have to be
    ///   given one where the new version knows no such thing
    /// @param creators users of the new room who outrank every level, and must have none
    static UpgradedLevels of(
            JsonObject old,
            UserId upgrading,
            Collection<String> outranking,
            Collection<String> creators) {
        JsonObject levels = normalised(old);
        JsonObject users = levels.object(PowerLevels.USERS).orElse(JsonObject.EMPTY);
        JsonObject events = levels.object(PowerLevels.EVENTS).orElse(JsonObject.EMPTY);
        if (creators.isEmpty()) {
            var top = new JsonInteger(top(levels, users, events));
            for (String user : outranking) {
                users = users.with(user, top);
            }
        } else if (outranking.isEmpty()) {
            events = events.with(EventTypes.TOMBSTONE, new JsonInteger(tombstone(events)));
        }
        JsonObject lasting =
                levels.with(PowerLevels.USERS, users.without(creators.toArray(String[]::new)))
                        .with(PowerLevels.EVENTS, events);
        return new UpgradedLevels(
                creators.isEmpty() ? raised(lasting, upgrading) : lasting, lasting);
    }

    /// Enough for everything in the room.
    private static long top(JsonObject levels, JsonObject users, JsonObject events) {
        return LongStream.of(ADMIN_LEVEL, highest(levels), highest(users), highest(events))
                .max()
                .orElseThrow();
    }

    /// In the old room whoever replaced it outranked nobody by that, and its level for a tombstone
    /// was chosen accordingly.
    private static long tombstone(JsonObject events) {
        return Math.max(
                FirstEvents.TOMBSTONE_LEVEL, events.integer(EventTypes.TOMBSTONE).orElse(0));
    }

    /// Whether the room is made with other levels than it keeps.
    boolean differ() {
        return !initial.equals(lasting);
    }

    /// Whether a user may ban in the room once it is made.
    ///
    /// @param creators users of the new room who outrank every level
    boolean letBan(UserId user, Collection<String> creators) {
        JsonObject users = lasting.object(PowerLevels.USERS).orElse(JsonObject.EMPTY);
        long own = users.integer(user.value()).orElse(lasting.integer("users_default").orElse(0));
        return creators.contains(user.value())
                || own >= lasting.integer("ban").orElse(MODERATOR_LEVEL);
    }

    private static JsonObject raised(JsonObject levels, UserId upgrading) {
        JsonObject users = levels.object(PowerLevels.USERS).orElse(JsonObject.EMPTY);
        long own =
                users.integer(upgrading.value()).orElse(levels.integer("users_default").orElse(0));
        long needed =
                LongStream.concat(
                                LongStream.of(
                                        levels.integer("state_default").orElse(MODERATOR_LEVEL),
                                        levels.integer("ban").orElse(MODERATOR_LEVEL),
                                        highest(users)),
                                LongStream.of(
                                        highest(
                                                levels.object(PowerLevels.EVENTS)
                                                        .orElse(JsonObject.EMPTY))))
                        .max()
                        .orElse(ADMIN_LEVEL);
        return own >= needed
                ? levels.with(
                        PowerLevels.USERS, users.with(upgrading.value(), new JsonInteger(own)))
                : levels.with(
                        PowerLevels.USERS, users.with(upgrading.value(), new JsonInteger(needed)));
    }

    private static long highest(JsonObject levels) {
        return levels.members().values().stream()
                .mapToLong(level -> number(level).orElse(0))
                .max()
                .orElse(0);
    }

    /// The levels as whole numbers. Older room versions also took strings and fractions.
    private static JsonObject normalised(JsonObject old) {
        var levels = JsonObject.builder();
        for (String name : PowerLevels.NAMED) {
            number(old.value(name)).ifPresent(level -> levels.put(name, level));
        }
        for (String name : PowerLevels.MAPS) {
            old.object(name).ifPresent(map -> levels.put(name, normalisedMap(name, map)));
        }
        return levels.build();
    }

    private static JsonObject normalisedMap(String name, JsonObject map) {
        var levels = JsonObject.builder();
        map.members()
                .forEach(
                        (key, value) -> {
                            if (!name.equals(PowerLevels.USERS) || UserId.isValid(key)) {
                                number(value).ifPresent(level -> levels.put(key, level));
                            }
                        });
        return levels.build();
    }

    private static OptionalLong number(@Nullable JsonValue value) {
        return switch (value) {
            case JsonInteger(long level) -> OptionalLong.of(level);
            case JsonDecimal decimal -> whole(decimal.doubleValue());
            case JsonString(String text) ->
                    Stream.of(text.strip())
                            .filter(digits -> digits.matches("[+-]?[0-9]{1,15}"))
                            .mapToLong(Long::parseLong)
                            .findFirst();
            case null, default -> OptionalLong.empty();
        };
    }

    private static OptionalLong whole(double level) {
        return Math.abs(level) <= JsonNumber.INTEGER_MAX
                ? OptionalLong.of((long) level)
                : OptionalLong.empty();
    }
}
