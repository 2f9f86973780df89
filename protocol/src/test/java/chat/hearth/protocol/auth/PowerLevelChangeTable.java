package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRow.accepts;
import static chat.hearth.protocol.auth.AuthRow.rejects;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_ENTRY_CURRENT_ABOVE;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_ENTRY_NEW_ABOVE;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_NAMED_CURRENT;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_NAMED_NEW;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_USER_CURRENT_EQUAL;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_USER_NEW_ABOVE;
import static chat.hearth.protocol.auth.AuthRule.REQUIRED_LEVEL;
import static chat.hearth.protocol.auth.Scene.ADMIN;
import static chat.hearth.protocol.auth.Scene.CREATOR;
import static chat.hearth.protocol.auth.Scene.MOD;
import static chat.hearth.protocol.auth.Scene.USER;
import static chat.hearth.protocol.room.RoomVersion.V11;
import static chat.hearth.protocol.room.RoomVersion.V12;
import static chat.hearth.protocol.room.RoomVersion.V5;
import static chat.hearth.protocol.room.RoomVersion.V6;
import static chat.hearth.protocol.room.RoomVersion.V9;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Rules 9.5 to 9.10 of room version 10 and what other versions have for them: nobody gives or
/// takes what is above their own level.
final class PowerLevelChangeTable {
    private static final String ADMIN_100 = "'@admin:a.org': 100";

    private static final List<AuthRow> NOTIFICATIONS_UNCHECKED =
            List.of(
                    accepts(
                                    POWER_LEVELS_ALLOWED,
                                    "notifications above one's level, changed",
                                    s -> s.sendsLevels(MOD, "'notifications': {'room': 0}"))
                            .until(V5),
                    accepts(
                                    POWER_LEVELS_ALLOWED,
                                    "notifications set above one's level",
                                    s ->
                                            s.sendsLevels(
                                                    MOD, "'notifications': {'room': 75, 'x': 100}"))
                            .until(V5));

    private static final List<AuthRow> USER_CHANGES =
            List.of(
                    accepts(
                            POWER_LEVELS_USER_CURRENT_EQUAL,
                            POWER_LEVELS_ALLOWED,
                            "one below, demoted",
                            s -> users(s, 49, ADMIN_100 + ", '@mod:a.org': 50, '@user:a.org': 1")),
                    accepts(
                            POWER_LEVELS_USER_CURRENT_EQUAL,
                            POWER_LEVELS_ALLOWED,
                            "oneself, demoted",
                            s -> users(s, 1, ADMIN_100 + ", '@mod:a.org': 49, '@user:a.org': 1")),
                    accepts(
                            POWER_LEVELS_USER_CURRENT_EQUAL,
                            POWER_LEVELS_ALLOWED,
                            "oneself, taken away",
                            s -> users(s, 1, ADMIN_100 + ", '@user:a.org': 1")),
                    rejects(
                            POWER_LEVELS_USER_CURRENT_EQUAL,
                            "one's equal, demoted",
                            s -> users(s, 50, ADMIN_100 + ", '@mod:a.org': 50, '@user:a.org': 1")),
                    rejects(
                            POWER_LEVELS_USER_CURRENT_EQUAL,
                            "one's equal, taken away",
                            s -> users(s, 50, ADMIN_100 + ", '@mod:a.org': 50")),
                    rejects(
                            POWER_LEVELS_USER_CURRENT_EQUAL,
                            "one above, demoted",
                            s ->
                                    users(
                                            s,
                                            1,
                                            "'@admin:a.org': 99, '@mod:a.org': 50, '@user:a.org': 1")),
                    rejects(
                            POWER_LEVELS_USER_CURRENT_EQUAL,
                            "one above, promoted",
                            s -> users(s, 1, "'@admin:a.org': 101, '@mod:a.org': 50")),
                    accepts(
                            POWER_LEVELS_USER_NEW_ABOVE,
                            POWER_LEVELS_ALLOWED,
                            "one below, promoted to one's own level",
                            s -> users(s, 49, ADMIN_100 + ", '@mod:a.org': 50, '@user:a.org': 50")),
                    rejects(
                            POWER_LEVELS_USER_NEW_ABOVE,
                            "one below, promoted above one's level",
                            s -> users(s, 49, ADMIN_100 + ", '@mod:a.org': 50, '@user:a.org': 51")),
                    rejects(
                            POWER_LEVELS_USER_NEW_ABOVE,
                            "one who was not listed, above one's level",
                            s ->
                                    users(
                                            s,
                                            1,
                                            ADMIN_100
                                                    + ", '@mod:a.org': 50, '@user:a.org': 1,"
                                                    + " '@remote:b.org': 51")),
                    rejects(
                            POWER_LEVELS_USER_NEW_ABOVE,
                            "oneself, promoted",
                            s -> users(s, 1, ADMIN_100 + ", '@mod:a.org': 51, '@user:a.org': 1")),
                    rejects(
                            POWER_LEVELS_ALLOWED,
                            POWER_LEVELS_USER_NEW_ABOVE,
                            "a user promoted to the highest level",
                            s -> promotes(s, ADMIN, "9007199254740991")),
                    accepts(
                                    POWER_LEVELS_ALLOWED,
                                    "a user promoted to the highest level, by the creator",
                                    s -> promotes(s, CREATOR, "9007199254740991"))
                            .from(V12),
                    rejects(
                                    POWER_LEVELS_USER_CURRENT_EQUAL,
                                    "the former creator, demoted by an equal",
                                    s -> s.sendsLevels(ADMIN, "'users': {'@admin:a.org': 100}"))
                            .until(V11),
                    rejects(
                            REQUIRED_LEVEL,
                            "levels by one who may not change them",
                            s -> s.sendsLevels(USER, "")));

    private static final List<AuthRow> HUGE =
            List.of(
                    rejects(
                                    POWER_LEVELS_USER_NEW_ABOVE,
                                    "a level that is a string of forty digits",
                                    s -> promotes(s, ADMIN, "'" + "9".repeat(40) + "'"))
                            .until(V9),
                    accepts(
                                    POWER_LEVELS_ALLOWED,
                                    "a negative level that is a string of forty digits",
                                    s ->
                                            s.sendsLevels(
                                                    ADMIN,
                                                    "'events': {'m.room.power_levels': '-%s',"
                                                                    .formatted("9".repeat(40))
                                                            + " 'm.room.name': 50}"))
                            .until(V9),
                    rejects(
                                    POWER_LEVELS_USER_NEW_ABOVE,
                                    "a level that is a float beyond all integers",
                                    s -> promotes(s, ADMIN, "1e300"))
                            .until(V5));

    static final List<AuthRow> ROWS =
            Stream.of(
                            PowerLevelFormTable.NAMED.stream()
                                    .flatMap(PowerLevelChangeTable::namedChanges),
                            entryChanges("events"),
                            entryChanges("notifications").map(row -> row.from(V6)),
                            NOTIFICATIONS_UNCHECKED.stream(),
                            USER_CHANGES.stream(),
                            HUGE.stream())
                    .flatMap(rows -> rows)
                    .toList();

    private PowerLevelChangeTable() {}

    private static Stream<AuthRow> namedChanges(String name) {
        return Stream.concat(
                changes(
                        POWER_LEVELS_NAMED_CURRENT,
                        POWER_LEVELS_NAMED_NEW,
                        name,
                        level -> "'%s': %s".formatted(name, level),
                        (s, sender) ->
                                s.sends("m.room.power_levels", "", sender, s.levelsWithout(name))),
                Stream.of(
                        accepts(
                                        POWER_LEVELS_ALLOWED,
                                        name + " unchanged but for being a string",
                                        s ->
                                                s.levels("'%s': 51".formatted(name))
                                                        .sendsLevels(
                                                                MOD, "'%s': '51'".formatted(name)))
                                .until(V9),
                        rejects(
                                POWER_LEVELS_NAMED_NEW,
                                name + " added above one's level",
                                s ->
                                        s.state(
                                                        "m.room.power_levels",
                                                        "",
                                                        ADMIN,
                                                        s.levelsWithout(name))
                                                .sendsLevels(MOD, "'%s': 51".formatted(name)))));
    }

    private static Stream<AuthRow> entryChanges(String property) {
        return Stream.concat(
                changes(
                        POWER_LEVELS_ENTRY_CURRENT_ABOVE,
                        POWER_LEVELS_ENTRY_NEW_ABOVE,
                        "an entry of " + property,
                        level -> "'%s': {'org.example': %s}".formatted(property, level),
                        (s, sender) -> s.sendsLevels(sender, "'%s': {}".formatted(property))),
                Stream.of(
                        rejects(
                                POWER_LEVELS_ENTRY_NEW_ABOVE,
                                "an entry of " + property + " added above one's level",
                                s ->
                                        s.levels("'%s': {}".formatted(property))
                                                .sendsLevels(
                                                        MOD,
                                                        "'%s': {'x': 51}".formatted(property))),
                        accepts(
                                POWER_LEVELS_ENTRY_NEW_ABOVE,
                                POWER_LEVELS_ALLOWED,
                                "an entry of " + property + " added on one's level",
                                s ->
                                        s.levels("'%s': {}".formatted(property))
                                                .sendsLevels(
                                                        MOD,
                                                        "'%s': {'x': 50}".formatted(property)))));
    }

    /// What one of level 50 may do to a level, and what not.
    private static Stream<AuthRow> changes(
            AuthRule current,
            AuthRule changed,
            String what,
            Function<String, String> property,
            BiFunction<Scene, String, Scene> withoutIt) {
        Function<String, UnaryOperator<Scene>> change =
                fromTo -> {
                    String[] levels = fromTo.split(" ", -1);
                    return s ->
                            s.levels(property.apply(levels[0]))
                                    .sendsLevels(MOD, property.apply(levels[1]));
                };
        return Stream.of(
                accepts(current, POWER_LEVELS_ALLOWED, what + " from 50", change.apply("50 40")),
                rejects(current, what + " from 51", change.apply("51 40")),
                rejects(
                        current,
                        what + " taken away from 51",
                        s -> withoutIt.apply(s.levels(property.apply("51")), MOD)),
                accepts(
                        current,
                        POWER_LEVELS_ALLOWED,
                        what + " taken away from 50",
                        s -> withoutIt.apply(s.levels(property.apply("50")), MOD)),
                accepts(current, POWER_LEVELS_ALLOWED, what + " kept at 51", change.apply("51 51")),
                accepts(changed, POWER_LEVELS_ALLOWED, what + " to 50", change.apply("40 50")),
                rejects(changed, what + " to 51", change.apply("40 51")));
    }

    /// A moderator of level 50 changes the users from the administrator (100), themselves and a
    /// user of `level`.
    private static Scene users(Scene s, int level, String to) {
        return s.levels(
                        "'users': {%s, '@mod:a.org': 50, '@user:a.org': %d}"
                                .formatted(ADMIN_100, level))
                .sendsLevels(MOD, "'users': {%s}".formatted(to));
    }

    /// The administrator of level 100, and a user's new level.
    private static Scene promotes(Scene s, String sender, String level) {
        return s.levels("'users': {%s}".formatted(ADMIN_100))
                .sendsLevels(
                        sender, "'users': {%s, '@user:a.org': %s}".formatted(ADMIN_100, level));
    }
}
