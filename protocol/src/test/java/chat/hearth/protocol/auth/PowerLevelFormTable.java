package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRow.accepts;
import static chat.hearth.protocol.auth.AuthRow.rejects;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_ENTRY_NOT_INTEGER;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_FIRST;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_NAMED_NEW;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_NAMED_NOT_INTEGER;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_OF_CREATOR;
import static chat.hearth.protocol.auth.AuthRule.POWER_LEVELS_USERS;
import static chat.hearth.protocol.auth.AuthRule.REQUIRED_LEVEL;
import static chat.hearth.protocol.auth.Scene.ADMIN;
import static chat.hearth.protocol.auth.Scene.CREATOR;
import static chat.hearth.protocol.auth.Scene.USER;
import static chat.hearth.protocol.room.RoomVersion.V10;
import static chat.hearth.protocol.room.RoomVersion.V5;
import static chat.hearth.protocol.room.RoomVersion.V6;
import static chat.hearth.protocol.room.RoomVersion.V9;

import java.util.List;
import java.util.stream.Stream;

/// Rules 9.1 to 9.4 of room version 10 and what other versions have for them: what power levels
/// must look like, and the first ones.
final class PowerLevelFormTable {
    /// The properties that are one level each.
    static final List<String> NAMED =
            List.of(
                    "users_default",
                    "events_default",
                    "state_default",
                    "ban",
                    "redact",
                    "kick",
                    "invite");

    /// What is a level in no room version.
    private static final List<String> NO_LEVELS =
            List.of("null", "true", "[]", "{}", "'ten'", "''", "'1.0'", "'1e1'", "'- 1'", "'٣'");

    private static final String WORDS =
            "'ban': 'ten', 'events': {'x': 'ten'}, 'notifications': {'room': 'ten'}";

    private static final List<AuthRow> ENTRY_FORM =
            List.of(
                    accepts(
                            POWER_LEVELS_ENTRY_NOT_INTEGER,
                            POWER_LEVELS_ALLOWED,
                            "events and notifications that are integers",
                            s -> s.sendsLevels(ADMIN, "'events': {'x': 1}, 'notifications': {}")),
                    rejects(
                            POWER_LEVELS_ENTRY_NOT_INTEGER,
                            "events that are a list",
                            s -> s.sendsLevels(ADMIN, "'events': []")),
                    rejects(
                            POWER_LEVELS_ENTRY_NOT_INTEGER,
                            "an event level that is a string",
                            s -> s.sendsLevels(ADMIN, "'events': {'x': 1, 'y': '1'}")),
                    rejects(
                            POWER_LEVELS_ENTRY_NOT_INTEGER,
                            "a notification level that is a string",
                            s -> s.sendsLevels(ADMIN, "'notifications': {'room': '1'}")),
                    rejects(
                            POWER_LEVELS_ENTRY_NOT_INTEGER,
                            "notifications that are null",
                            s -> s.sendsLevels(ADMIN, "'notifications': null")),
                    rejects(
                                    POWER_LEVELS,
                                    "an event level that is a word",
                                    s -> s.sendsLevels(ADMIN, "'events': {'x': 'ten'}"))
                            .until(V9),
                    rejects(
                                    POWER_LEVELS,
                                    "a notification level that is a word",
                                    s -> s.sendsLevels(ADMIN, "'notifications': {'room': 'ten'}"))
                            .from(V6)
                            .until(V9),
                    accepts(
                                    POWER_LEVELS_ALLOWED,
                                    "a notification level that is a word",
                                    s -> s.sendsLevels(ADMIN, "'notifications': {'room': 'ten'}"))
                            .until(V5),
                    accepts(
                                    POWER_LEVELS_ALLOWED,
                                    "an event level that is a string",
                                    s -> s.sendsLevels(ADMIN, "'events': {'x': ' +01 '}"))
                            .until(V9));

    private static final List<AuthRow> USER_FORM =
            List.of(
                    accepts(
                            POWER_LEVELS_USERS,
                            POWER_LEVELS_ALLOWED,
                            "users with integers",
                            s -> s.sendsLevels(ADMIN, "")),
                    rejects(
                            POWER_LEVELS_USERS,
                            "users that are a list",
                            s -> s.sendsLevels(ADMIN, "'users': []")),
                    rejects(
                            POWER_LEVELS_USERS,
                            "users that are null",
                            s -> s.sendsLevels(ADMIN, "'users': null")),
                    rejects(
                            POWER_LEVELS_USERS,
                            "a user that is no user id",
                            s -> s.sendsLevels(ADMIN, "'users': {'admin': 1}")),
                    rejects(
                            POWER_LEVELS_USERS,
                            "a user whose level is a word",
                            s -> s.sendsLevels(ADMIN, "'users': {'@user:a.org': 'ten'}")),
                    rejects(
                            POWER_LEVELS_USERS,
                            "a user whose level is null",
                            s -> s.sendsLevels(ADMIN, "'users': {'@user:a.org': null}")),
                    rejects(
                                    POWER_LEVELS_USERS,
                                    "a user whose level is a string, in the first levels too",
                                    s ->
                                            s.withoutLevels()
                                                    .sends(
                                                            "m.room.power_levels",
                                                            "",
                                                            CREATOR,
                                                            "{'users': {'@user:a.org': '1'}}"))
                            .from(V10),
                    accepts(
                                    POWER_LEVELS_FIRST,
                                    "a user whose level is a string",
                                    s ->
                                            s.withoutLevels()
                                                    .sends(
                                                            "m.room.power_levels",
                                                            "",
                                                            CREATOR,
                                                            "{'users': {'@user:a.org': '1'}}"))
                            .until(V9),
                    accepts(
                            POWER_LEVELS_USERS,
                            POWER_LEVELS_FIRST,
                            "no users",
                            s -> s.withoutLevels().sends("m.room.power_levels", "", CREATOR, "{}")),
                    accepts(
                            POWER_LEVELS_OF_CREATOR,
                            POWER_LEVELS_ALLOWED,
                            "no creator among the users",
                            s -> s.sendsLevels(ADMIN, "")),
                    rejects(
                            POWER_LEVELS_OF_CREATOR,
                            "the creator among the users",
                            s -> s.sendsLevels(CREATOR, "'users': {'@creator:a.org': 100}")),
                    rejects(
                            POWER_LEVELS_OF_CREATOR,
                            "an additional creator among the users",
                            s ->
                                    s.create("{'additional_creators': ['@user:a.org']}")
                                            .sendsLevels(CREATOR, "'users': {'@user:a.org': 1}")),
                    rejects(
                            POWER_LEVELS_OF_CREATOR,
                            "the creator among the users of the first levels",
                            s ->
                                    s.withoutLevels()
                                            .sendsLevels(
                                                    CREATOR, "'users': {'@creator:a.org': 1}")),
                    accepts(
                            POWER_LEVELS_FIRST,
                            "the first levels",
                            s -> s.withoutLevels().sendsLevels(CREATOR, "'ban': 1000")),
                    accepts(
                                    POWER_LEVELS_FIRST,
                                    "first levels that are words, but for those of users",
                                    s -> s.withoutLevels().sendsLevels(CREATOR, WORDS))
                            .until(V9),
                    rejects(
                                    POWER_LEVELS_FIRST,
                                    POWER_LEVELS,
                                    "the same words when there are levels",
                                    s -> s.sendsLevels(ADMIN, WORDS))
                            .until(V9),
                    rejects(
                                    POWER_LEVELS_FIRST,
                                    POWER_LEVELS_NAMED_NOT_INTEGER,
                                    "first levels that are words",
                                    s -> s.withoutLevels().sendsLevels(CREATOR, WORDS))
                            .from(V10),
                    rejects(
                            POWER_LEVELS_FIRST,
                            POWER_LEVELS_NAMED_NEW,
                            "the same levels when there are some",
                            s -> s.sendsLevels(ADMIN, "'ban': 1000")),
                    accepts(
                            POWER_LEVELS_FIRST,
                            "levels with a state key, which have no effect",
                            s ->
                                    s.sends(
                                            "m.room.power_levels",
                                            "key",
                                            ADMIN,
                                            "{'ban': 1000, 'users': {'@user:a.org': 1000}}")),
                    rejects(
                            REQUIRED_LEVEL,
                            "levels with a state key, by another than who may change levels",
                            s -> s.sends("m.room.power_levels", "key", USER, "{}")),
                    rejects(
                            REQUIRED_LEVEL,
                            "the first levels, by another than the creator",
                            s -> s.withoutLevels().sendsLevels(ADMIN, "")));

    static final List<AuthRow> ROWS =
            Stream.of(
                            NAMED.stream().flatMap(PowerLevelFormTable::namedForm),
                            NAMED.stream().flatMap(PowerLevelFormTable::malformed),
                            ENTRY_FORM.stream(),
                            USER_FORM.stream())
                    .flatMap(rows -> rows)
                    .toList();

    private PowerLevelFormTable() {}

    private static Stream<AuthRow> namedForm(String name) {
        return Stream.of(
                accepts(
                        POWER_LEVELS_NAMED_NOT_INTEGER,
                        POWER_LEVELS_ALLOWED,
                        name + " that is an integer",
                        s -> sets(s, name, "1")),
                rejects(
                        POWER_LEVELS_NAMED_NOT_INTEGER,
                        name + " that is a string",
                        s -> sets(s, name, "'1'")),
                accepts(POWER_LEVELS_ALLOWED, name + " that is a string", s -> sets(s, name, "'1'"))
                        .until(V9),
                accepts(POWER_LEVELS_ALLOWED, name + " that is a float", s -> sets(s, name, "1.5"))
                        .until(V5),
                rejects(POWER_LEVELS, name + " that is a float", s -> sets(s, name, "1.5"))
                        .from(V6)
                        .until(V9),
                rejects(
                        POWER_LEVELS_NAMED_NOT_INTEGER,
                        name + " that is a float",
                        s -> sets(s, name, "1.5")));
    }

    private static Stream<AuthRow> malformed(String name) {
        return NO_LEVELS.stream()
                .flatMap(
                        value ->
                                Stream.of(
                                        rejects(
                                                        POWER_LEVELS,
                                                        name + " that is " + value,
                                                        s -> sets(s, name, value))
                                                .until(V9),
                                        rejects(
                                                POWER_LEVELS_NAMED_NOT_INTEGER,
                                                name + " that is " + value,
                                                s -> sets(s, name, value))));
    }

    private static Scene sets(Scene s, String name, String value) {
        return s.sendsLevels(ADMIN, "'%s': %s".formatted(name, value));
    }
}
