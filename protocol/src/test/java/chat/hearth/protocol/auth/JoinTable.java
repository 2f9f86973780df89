package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRow.accepts;
import static chat.hearth.protocol.auth.AuthRow.rejects;
import static chat.hearth.protocol.auth.AuthRule.JOIN_BANNED;
import static chat.hearth.protocol.auth.AuthRule.JOIN_CREATOR;
import static chat.hearth.protocol.auth.AuthRule.JOIN_FOR_OTHER;
import static chat.hearth.protocol.auth.AuthRule.JOIN_INVITED;
import static chat.hearth.protocol.auth.AuthRule.JOIN_PUBLIC;
import static chat.hearth.protocol.auth.AuthRule.JOIN_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.JOIN_RESTRICTED_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.JOIN_RESTRICTED_INVITED;
import static chat.hearth.protocol.auth.AuthRule.JOIN_RESTRICTED_UNAUTHORISED;
import static chat.hearth.protocol.auth.AuthRule.LEAVE_SELF;
import static chat.hearth.protocol.auth.AuthRule.MEMBER_AUTHORISED_UNSIGNED;
import static chat.hearth.protocol.auth.AuthRule.MEMBER_INCOMPLETE;
import static chat.hearth.protocol.auth.AuthRule.MEMBER_UNKNOWN;
import static chat.hearth.protocol.auth.Scene.ADMIN;
import static chat.hearth.protocol.auth.Scene.BANNED;
import static chat.hearth.protocol.auth.Scene.CREATOR;
import static chat.hearth.protocol.auth.Scene.INVITED;
import static chat.hearth.protocol.auth.Scene.KNOCKING;
import static chat.hearth.protocol.auth.Scene.LEFT;
import static chat.hearth.protocol.auth.Scene.MOD;
import static chat.hearth.protocol.auth.Scene.STRANGER;
import static chat.hearth.protocol.auth.Scene.USER;
import static chat.hearth.protocol.room.RoomVersion.V10;
import static chat.hearth.protocol.room.RoomVersion.V11;
import static chat.hearth.protocol.room.RoomVersion.V12;
import static chat.hearth.protocol.room.RoomVersion.V6;
import static chat.hearth.protocol.room.RoomVersion.V7;
import static chat.hearth.protocol.room.RoomVersion.V8;
import static chat.hearth.protocol.room.RoomVersion.V9;

import java.util.List;
import java.util.stream.Stream;

/// Rules 4.1 to 4.3 of room version 8 and what other versions have for them: memberships as such,
/// and joins.
final class JoinTable {
    private static final String BY_MOD = "'join_authorised_via_users_server': '@mod:a.org'";

    private static final List<AuthRow> FORM =
            List.of(
                    accepts(
                            MEMBER_INCOMPLETE,
                            JOIN_INVITED,
                            "a membership with its user",
                            s -> s.joins(INVITED)),
                    rejects(
                            MEMBER_INCOMPLETE,
                            "a membership of nobody",
                            s -> s.sends("m.room.member", null, USER, "{'membership': 'join'}")),
                    rejects(
                            MEMBER_INCOMPLETE,
                            "no membership",
                            s -> s.sends("m.room.member", USER, USER, "{'displayname': 'U'}")),
                    accepts(
                            MEMBER_AUTHORISED_UNSIGNED,
                            JOIN_INVITED,
                            "the authorising user's server signed",
                            s -> s.signedBy("a.org").joins(INVITED, BY_MOD)),
                    rejects(
                            MEMBER_AUTHORISED_UNSIGNED,
                            "another server signed",
                            s -> s.signedBy("b.org").joins(INVITED, BY_MOD)),
                    rejects(
                            MEMBER_AUTHORISED_UNSIGNED,
                            "the authorising user is no user id",
                            s ->
                                    s.signedBy("a.org")
                                            .joins(
                                                    INVITED,
                                                    "'join_authorised_via_users_server': 'mod'")),
                    rejects(
                            MEMBER_AUTHORISED_UNSIGNED,
                            "the authorising user is null",
                            s ->
                                    s.signedBy("a.org")
                                            .joins(
                                                    INVITED,
                                                    "'join_authorised_via_users_server': null")),
                    rejects(
                            MEMBER_AUTHORISED_UNSIGNED,
                            "an unsigned leave that names an authorising user",
                            s -> s.leaves(USER, BY_MOD)),
                    accepts(
                                    LEAVE_SELF,
                                    "an unsigned leave that names an authorising user",
                                    s -> s.leaves(USER, BY_MOD))
                            .until(V7),
                    accepts(
                            MEMBER_UNKNOWN,
                            JOIN_INVITED,
                            "a membership of the specification",
                            s -> s.joins(USER)),
                    rejects(
                            MEMBER_UNKNOWN,
                            "a membership that nobody knows",
                            s -> s.member(USER, USER, "guest")),
                    rejects(
                            MEMBER_UNKNOWN,
                            "a membership that is a number",
                            s -> s.sends("m.room.member", USER, USER, "{'membership': 1}")),
                    rejects(MEMBER_UNKNOWN, "a knock", s -> s.joinRule("knock").knocks(STRANGER))
                            .until(V6));

    private static final List<AuthRow> FIRST_JOIN =
            List.of(
                    accepts(
                            JOIN_CREATOR,
                            "the creator right after creation",
                            s -> s.is(CREATOR, "leave").joins(CREATOR).afterCreate()),
                    rejects(
                            JOIN_CREATOR,
                            JOIN_REFUSED,
                            "the creator later",
                            s -> s.is(CREATOR, "leave").joins(CREATOR)),
                    rejects(
                            JOIN_CREATOR,
                            JOIN_REFUSED,
                            "somebody else right after creation",
                            s -> s.joins(STRANGER).afterCreate()),
                    rejects(
                            JOIN_CREATOR,
                            JOIN_REFUSED,
                            "the creator after creation and something else",
                            s ->
                                    s.is(CREATOR, "leave")
                                            .joins(CREATOR)
                                            .after("$create:a.org", "$other:a.org")),
                    accepts(
                                    JOIN_CREATOR,
                                    "who `creator` names, though another made the room",
                                    s ->
                                            s.create("{'creator': '@stranger:b.org'}")
                                                    .joins(STRANGER)
                                                    .afterCreate())
                            .until(V10),
                    rejects(
                                    JOIN_CREATOR,
                                    JOIN_REFUSED,
                                    "who `creator` names, though another made the room",
                                    s ->
                                            s.create("{'creator': '@stranger:b.org'}")
                                                    .joins(STRANGER)
                                                    .afterCreate())
                            .from(V11),
                    rejects(
                                    JOIN_CREATOR,
                                    JOIN_REFUSED,
                                    "an additional creator right after creation",
                                    s ->
                                            s.create("{'additional_creators': ['@stranger:b.org']}")
                                                    .joins(STRANGER)
                                                    .afterCreate())
                            .from(V12));

    private static final List<AuthRow> JOIN_RULES =
            List.of(
                    accepts(
                            JOIN_FOR_OTHER,
                            JOIN_INVITED,
                            "a join for oneself",
                            s -> s.joins(INVITED)),
                    rejects(
                            JOIN_FOR_OTHER,
                            "a join for another",
                            s -> s.member(ADMIN, INVITED, "join")),
                    accepts(
                            JOIN_BANNED,
                            JOIN_PUBLIC,
                            "who left",
                            s -> s.joinRule("public").joins(LEFT)),
                    rejects(JOIN_BANNED, "who is banned", s -> s.joinRule("public").joins(BANNED)),
                    accepts(JOIN_INVITED, "who is invited", s -> s.joins(INVITED)),
                    accepts(JOIN_INVITED, "who is there", s -> s.joins(USER)),
                    accepts(
                            JOIN_INVITED,
                            "who is invited where no join rule is set",
                            s -> s.without("m.room.join_rules", "").joins(INVITED)),
                    rejects(JOIN_INVITED, JOIN_REFUSED, "who left", s -> s.joins(LEFT)),
                    rejects(
                            JOIN_INVITED,
                            JOIN_REFUSED,
                            "a stranger where no join rule is set",
                            s -> s.without("m.room.join_rules", "").joins(STRANGER)),
                    accepts(
                                    JOIN_INVITED,
                                    "who is invited where one may knock",
                                    s -> s.joinRule("knock").joins(INVITED))
                            .from(V7),
                    rejects(
                                    JOIN_INVITED,
                                    JOIN_REFUSED,
                                    "who is invited, by a join rule to come",
                                    s -> s.joinRule("knock").joins(INVITED))
                            .until(V6),
                    rejects(
                            JOIN_INVITED,
                            JOIN_REFUSED,
                            "who only knocked",
                            s -> s.joinRule("knock").joins(KNOCKING)),
                    accepts(JOIN_PUBLIC, "a stranger", s -> s.joinRule("public").joins(STRANGER)),
                    rejects(
                            JOIN_PUBLIC,
                            JOIN_REFUSED,
                            "a stranger where invites are needed",
                            s -> s.joins(STRANGER)),
                    accepts(
                            JOIN_REFUSED,
                            JOIN_PUBLIC,
                            "who knocked and need not",
                            s -> s.joinRule("public").joins(KNOCKING)),
                    rejects(
                            JOIN_REFUSED,
                            "who is invited to a private room",
                            s -> s.joinRule("private").joins(INVITED)),
                    rejects(
                            JOIN_REFUSED,
                            "who is invited, by an unknown join rule",
                            s -> s.joinRule("org.lottery").joins(INVITED)),
                    rejects(
                            JOIN_REFUSED,
                            "who is invited, by a join rule that is null",
                            s ->
                                    s.state("m.room.join_rules", "", ADMIN, "{'join_rule': null}")
                                            .joins(INVITED)));

    private static final List<AuthRow> RESTRICTED =
            List.of(
                    accepts(
                            JOIN_RESTRICTED_INVITED,
                            "who is invited",
                            s -> s.joinRule("restricted").joins(INVITED)),
                    accepts(
                            JOIN_RESTRICTED_INVITED,
                            "who is there",
                            s -> s.joinRule("restricted").joins(USER)),
                    accepts(
                                    JOIN_RESTRICTED_INVITED,
                                    "who is invited where one may also knock",
                                    s -> s.joinRule("knock_restricted").joins(INVITED))
                            .from(V10),
                    rejects(
                                    JOIN_RESTRICTED_INVITED,
                                    JOIN_REFUSED,
                                    "who is invited, by a join rule to come",
                                    s -> s.joinRule("knock_restricted").joins(INVITED))
                            .until(V9),
                    rejects(
                                    JOIN_REFUSED,
                                    "who is invited, by a join rule to come",
                                    s -> s.joinRule("restricted").joins(INVITED))
                            .until(V7),
                    rejects(
                            JOIN_RESTRICTED_INVITED,
                            JOIN_RESTRICTED_UNAUTHORISED,
                            "who left",
                            s -> s.joinRule("restricted").joins(LEFT)),
                    accepts(
                            JOIN_RESTRICTED_UNAUTHORISED,
                            JOIN_RESTRICTED_ALLOWED,
                            "a stranger for whom a moderator vouches",
                            s ->
                                    s.joinRule("restricted")
                                            .signedBy("a.org")
                                            .joins(STRANGER, BY_MOD)),
                    accepts(
                                    JOIN_RESTRICTED_ALLOWED,
                                    "a knocking user for whom a moderator vouches",
                                    s ->
                                            s.joinRule("knock_restricted")
                                                    .signedBy("a.org")
                                                    .joins(KNOCKING, BY_MOD))
                            .from(V10),
                    rejects(
                            JOIN_RESTRICTED_UNAUTHORISED,
                            "a stranger for whom nobody vouches",
                            s -> s.joinRule("restricted").joins(STRANGER)),
                    rejects(
                            JOIN_RESTRICTED_ALLOWED,
                            JOIN_RESTRICTED_UNAUTHORISED,
                            "a stranger for whom one vouches who may not invite",
                            s ->
                                    s.joinRule("restricted")
                                            .levels("'invite': 51")
                                            .signedBy("a.org")
                                            .joins(STRANGER, BY_MOD)),
                    rejects(
                            JOIN_RESTRICTED_UNAUTHORISED,
                            "a stranger for whom one vouches who has left",
                            s ->
                                    s.joinRule("restricted")
                                            .is(MOD, "leave")
                                            .signedBy("a.org")
                                            .joins(STRANGER, BY_MOD)),
                    rejects(
                                    JOIN_BANNED,
                                    "a banned user for whom a moderator vouches",
                                    s ->
                                            s.joinRule("restricted")
                                                    .signedBy("a.org")
                                                    .joins(BANNED, BY_MOD))
                            .from(V8),
                    accepts(
                                    JOIN_RESTRICTED_ALLOWED,
                                    "a stranger for whom the creator vouches, whatever the invite level",
                                    s ->
                                            s.joinRule("restricted")
                                                    .levels("'invite': 9007199254740991")
                                                    .signedBy("a.org")
                                                    .joins(
                                                            STRANGER,
                                                            "'join_authorised_via_users_server':"
                                                                    + " '@creator:a.org'"))
                            .from(V12));

    static final List<AuthRow> ROWS =
            Stream.of(FORM, FIRST_JOIN, JOIN_RULES, RESTRICTED).flatMap(List::stream).toList();

    private JoinTable() {}
}
