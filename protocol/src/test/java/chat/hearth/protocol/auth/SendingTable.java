package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRow.accepts;
import static chat.hearth.protocol.auth.AuthRow.rejects;
import static chat.hearth.protocol.auth.AuthRule.ALIASES_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.ALIASES_OF_OTHER_DOMAIN;
import static chat.hearth.protocol.auth.AuthRule.ALIASES_WITHOUT_STATE_KEY;
import static chat.hearth.protocol.auth.AuthRule.JOIN_PUBLIC;
import static chat.hearth.protocol.auth.AuthRule.NOT_FEDERATED;
import static chat.hearth.protocol.auth.AuthRule.OTHERWISE;
import static chat.hearth.protocol.auth.AuthRule.REQUIRED_LEVEL;
import static chat.hearth.protocol.auth.AuthRule.SENDER_NOT_JOINED;
import static chat.hearth.protocol.auth.AuthRule.STATE_KEY_OF_OTHER_USER;
import static chat.hearth.protocol.auth.AuthRule.THIRD_PARTY_INVITE_LEVEL;
import static chat.hearth.protocol.auth.Scene.ADMIN;
import static chat.hearth.protocol.auth.Scene.BANNED;
import static chat.hearth.protocol.auth.Scene.CREATOR;
import static chat.hearth.protocol.auth.Scene.INVITED;
import static chat.hearth.protocol.auth.Scene.LEFT;
import static chat.hearth.protocol.auth.Scene.MOD;
import static chat.hearth.protocol.auth.Scene.REMOTE;
import static chat.hearth.protocol.auth.Scene.STRANGER;
import static chat.hearth.protocol.auth.Scene.USER;
import static chat.hearth.protocol.room.RoomVersion.V10;
import static chat.hearth.protocol.room.RoomVersion.V11;
import static chat.hearth.protocol.room.RoomVersion.V12;
import static chat.hearth.protocol.room.RoomVersion.V5;
import static chat.hearth.protocol.room.RoomVersion.V6;
import static chat.hearth.protocol.room.RoomVersion.V9;

import java.util.List;
import java.util.stream.Stream;

/// Rules 3 and 5 to 8 of room version 8, aliases, and what other versions have for them: what holds
/// for events of any type.
final class SendingTable {
    private static final String CLOSED = "{'creator': '@creator:a.org', 'm.federate': false}";

    private static final List<AuthRow> FEDERATION =
            List.of(
                    accepts(
                            NOT_FEDERATED,
                            OTHERWISE,
                            "the creator's server in a closed room",
                            s -> s.create(CLOSED).message(USER)),
                    accepts(
                            NOT_FEDERATED,
                            OTHERWISE,
                            "another server in an open room",
                            s ->
                                    s.create("{'creator': '@creator:a.org', 'm.federate': true}")
                                            .message(REMOTE)),
                    rejects(
                            NOT_FEDERATED,
                            "another server in a closed room",
                            s -> s.create(CLOSED).message(REMOTE)),
                    rejects(
                            NOT_FEDERATED,
                            "a join from another server in a closed public room",
                            s -> s.create(CLOSED).joinRule("public").joins(STRANGER)),
                    rejects(
                            NOT_FEDERATED,
                            "a server whose name only ends alike",
                            s -> s.create(CLOSED).is("@x:xa.org", "join").message("@x:xa.org")),
                    accepts(
                            JOIN_PUBLIC,
                            "another server where `m.federate` is a string",
                            s ->
                                    s.create("{'m.federate': 'false'}")
                                            .joinRule("public")
                                            .joins(STRANGER)));

    private static final List<AuthRow> ALIASES =
            List.of(
                    accepts(
                            ALIASES_WITHOUT_STATE_KEY,
                            ALIASES_ALLOWED,
                            "a server's aliases",
                            s -> s.sends("m.room.aliases", "b.org", REMOTE, "{}")),
                    rejects(
                            ALIASES_WITHOUT_STATE_KEY,
                            "aliases of nobody",
                            s -> s.sends("m.room.aliases", null, REMOTE, "{}")),
                    accepts(
                            ALIASES_OF_OTHER_DOMAIN,
                            ALIASES_ALLOWED,
                            "a server's aliases, by one who is not there",
                            s -> s.sends("m.room.aliases", "b.org", STRANGER, "{}")),
                    rejects(
                            ALIASES_ALLOWED,
                            ALIASES_OF_OTHER_DOMAIN,
                            "another server's aliases",
                            s -> s.sends("m.room.aliases", "a.org", REMOTE, "{}")),
                    rejects(
                                    REQUIRED_LEVEL,
                                    "a server's aliases",
                                    s -> s.sends("m.room.aliases", "b.org", REMOTE, "{}"))
                            .from(V6),
                    rejects(
                                    SENDER_NOT_JOINED,
                                    "a server's aliases, by one who is not there",
                                    s -> s.sends("m.room.aliases", "b.org", STRANGER, "{}"))
                            .from(V6),
                    accepts(
                                    OTHERWISE,
                                    "another server's aliases, by a moderator",
                                    s -> s.sends("m.room.aliases", "b.org", MOD, "{}"))
                            .from(V6));

    private static final List<AuthRow> SENDERS =
            List.of(
                    accepts(SENDER_NOT_JOINED, OTHERWISE, "who is there", s -> s.message(REMOTE)),
                    rejects(SENDER_NOT_JOINED, "a stranger", s -> s.message(STRANGER)),
                    rejects(SENDER_NOT_JOINED, "who is only invited", s -> s.message(INVITED)),
                    rejects(SENDER_NOT_JOINED, "who left", s -> s.message(LEFT)),
                    rejects(SENDER_NOT_JOINED, "who is banned", s -> s.message(BANNED)),
                    accepts(
                            THIRD_PARTY_INVITE_LEVEL,
                            "who is on the invite level, whatever the type's level",
                            s ->
                                    s.levels("'events': {'m.room.third_party_invite': 100}")
                                            .sends("m.room.third_party_invite", "t", MOD, "{}")),
                    rejects(
                            THIRD_PARTY_INVITE_LEVEL,
                            "who is below the invite level, whatever the type's level",
                            s ->
                                    s.levels("'events': {'m.room.third_party_invite': 0}")
                                            .sends("m.room.third_party_invite", "t", USER, "{}")),
                    accepts(
                            STATE_KEY_OF_OTHER_USER,
                            OTHERWISE,
                            "one's own state key",
                            s -> s.sends("org.example", MOD, MOD, "{}")),
                    accepts(
                            STATE_KEY_OF_OTHER_USER,
                            OTHERWISE,
                            "a state key that only holds another user's id",
                            s -> s.sends("org.example", "_" + USER, MOD, "{}")),
                    rejects(
                            STATE_KEY_OF_OTHER_USER,
                            "another user's state key",
                            s -> s.sends("org.example", USER, ADMIN, "{}")),
                    rejects(
                            STATE_KEY_OF_OTHER_USER,
                            "a state key that starts as user ids do",
                            s -> s.sends("org.example", "@", ADMIN, "{}")),
                    rejects(
                            OTHERWISE,
                            STATE_KEY_OF_OTHER_USER,
                            "the creator with another user's state key",
                            s -> s.sends("org.example", USER, CREATOR, "{}")),
                    accepts(
                            OTHERWISE,
                            "any type that no rule names",
                            s -> s.sends("org.example", null, USER, "{'membership': 7}")));

    private static final List<AuthRow> LEVELS =
            List.of(
                    accepts(
                            REQUIRED_LEVEL,
                            OTHERWISE,
                            "state by one on the state level",
                            s -> s.sends("org.example", "", MOD, "{}")),
                    rejects(
                            REQUIRED_LEVEL,
                            "state by one just below the state level",
                            s -> s.levels("'state_default': 51").sends("x", "", MOD, "{}")),
                    accepts(
                            REQUIRED_LEVEL,
                            OTHERWISE,
                            "a message by one on the message level",
                            s -> s.levels("'events_default': 50").message(MOD)),
                    rejects(
                            REQUIRED_LEVEL,
                            "a message by one below the message level",
                            s -> s.levels("'events_default': 50").message(USER)),
                    rejects(
                            REQUIRED_LEVEL,
                            "a message of a type with its own level",
                            s -> s.sends("m.secret", null, MOD, "{}")),
                    accepts(
                            REQUIRED_LEVEL,
                            OTHERWISE,
                            "state of a type with its own level",
                            s ->
                                    s.levels("'events': {'org.example': 0}")
                                            .sends("org.example", "", USER, "{}")),
                    accepts(
                            REQUIRED_LEVEL,
                            OTHERWISE,
                            "a message by one on the level for unlisted users",
                            s -> s.levels("'events_default': 7, 'users_default': 7").message(USER)),
                    rejects(
                            REQUIRED_LEVEL,
                            "a message by one below nought",
                            s -> s.levels("'users_default': -1").message(USER)),
                    accepts(
                            REQUIRED_LEVEL,
                            OTHERWISE,
                            "a message where no levels are set",
                            s -> s.withoutLevels().message(USER)),
                    rejects(
                            REQUIRED_LEVEL,
                            "state where no levels are set",
                            s -> s.withoutLevels().sends("org.example", "", ADMIN, "{}")),
                    accepts(
                            REQUIRED_LEVEL,
                            OTHERWISE,
                            "state by the creator where no levels are set",
                            s -> s.withoutLevels().sends("org.example", "", CREATOR, "{}")),
                    rejects(
                                    REQUIRED_LEVEL,
                                    "state by the former creator whom the levels do not list",
                                    s ->
                                            s.levels("'users': {'@admin:a.org': 100}")
                                                    .sends("org.example", "", CREATOR, "{}"))
                            .until(V11),
                    accepts(
                                    REQUIRED_LEVEL,
                                    OTHERWISE,
                                    "state by an additional creator, whatever its level",
                                    s ->
                                            s.create("{'additional_creators': ['@user:a.org']}")
                                                    .levels("'state_default': 9007199254740991")
                                                    .sends("org.example", "", USER, "{}"))
                            .from(V12),
                    rejects(
                                    REQUIRED_LEVEL,
                                    "state by one whom the create event names in vain",
                                    s ->
                                            s.create(
                                                            "{'creator': '@creator:a.org',"
                                                                    + " 'additional_creators':"
                                                                    + " ['@user:a.org']}")
                                                    .sends("org.example", "", USER, "{}"))
                            .until(V11));

    private static final List<AuthRow> OLD_NUMBERS =
            List.of(
                    rejects(
                                    REQUIRED_LEVEL,
                                    "a level that is a string with sign, zeros and spaces",
                                    s -> s.levels("'events_default': ' +0010 '").message(USER))
                            .until(V9),
                    accepts(
                                    REQUIRED_LEVEL,
                                    OTHERWISE,
                                    "a negative level that is a string",
                                    s ->
                                            s.levels("'events_default': '-2', 'users_default': -1")
                                                    .message(USER))
                            .until(V9),
                    accepts(
                                    REQUIRED_LEVEL,
                                    OTHERWISE,
                                    "a level that is a string, which counts as none",
                                    s -> s.levels("'events_default': '10'").message(USER))
                            .from(V10),
                    accepts(
                            REQUIRED_LEVEL,
                            OTHERWISE,
                            "a float below one, which counts as nought",
                            s -> s.levels("'events_default': 0.99").message(USER)),
                    rejects(
                                    REQUIRED_LEVEL,
                                    "a float with exponent",
                                    s -> s.levels("'events_default': 5.114698E4").message(ADMIN))
                            .until(V5),
                    accepts(
                                    REQUIRED_LEVEL,
                                    OTHERWISE,
                                    "a float with exponent that is on one's level",
                                    s -> s.levels("'events_default': 1.0099E2").message(ADMIN))
                            .until(V5),
                    accepts(
                                    REQUIRED_LEVEL,
                                    OTHERWISE,
                                    "a float, which counts as none",
                                    s -> s.levels("'events_default': 5.114698E4").message(USER))
                            .from(V6));

    static final List<AuthRow> ROWS =
            Stream.of(FEDERATION, ALIASES, SENDERS, LEVELS, OLD_NUMBERS)
                    .flatMap(List::stream)
                    .toList();

    private SendingTable() {}
}
