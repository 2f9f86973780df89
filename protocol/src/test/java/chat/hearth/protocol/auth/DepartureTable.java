package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRow.accepts;
import static chat.hearth.protocol.auth.AuthRow.rejects;
import static chat.hearth.protocol.auth.AuthRule.BAN_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.BAN_BY_OUTSIDER;
import static chat.hearth.protocol.auth.AuthRule.BAN_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.KICK_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.KICK_BY_OUTSIDER;
import static chat.hearth.protocol.auth.AuthRule.KICK_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.LEAVE_SELF;
import static chat.hearth.protocol.auth.AuthRule.UNBAN_LEVEL;
import static chat.hearth.protocol.auth.Scene.ADMIN;
import static chat.hearth.protocol.auth.Scene.BANNED;
import static chat.hearth.protocol.auth.Scene.CREATOR;
import static chat.hearth.protocol.auth.Scene.INVITED;
import static chat.hearth.protocol.auth.Scene.KNOCKING;
import static chat.hearth.protocol.auth.Scene.LEFT;
import static chat.hearth.protocol.auth.Scene.MOD;
import static chat.hearth.protocol.auth.Scene.REMOTE;
import static chat.hearth.protocol.auth.Scene.STRANGER;
import static chat.hearth.protocol.auth.Scene.USER;
import static chat.hearth.protocol.room.RoomVersion.V12;
import static chat.hearth.protocol.room.RoomVersion.V6;
import static chat.hearth.protocol.room.RoomVersion.V7;

import java.util.List;
import java.util.stream.Stream;

/// Rules 4.5 and 4.6 of room version 8 and what other versions have for them: leaving, kicking,
/// unbanning, banning.
final class DepartureTable {
    private static final String EQUALS = "'users': {'@mod:a.org': 60, '@user:a.org': 60}";
    private static final String HIGHEST = "'users': {'@admin:a.org': 9007199254740991}";

    private static final List<AuthRow> LEAVES =
            List.of(
                    accepts(LEAVE_SELF, "who is there", s -> s.leaves(USER)),
                    accepts(LEAVE_SELF, "who is invited", s -> s.leaves(INVITED)),
                    accepts(LEAVE_SELF, "who knocked", s -> s.leaves(KNOCKING)).from(V7),
                    rejects(LEAVE_SELF, "who has a membership to come", s -> s.leaves(KNOCKING))
                            .until(V6),
                    rejects(LEAVE_SELF, "who left", s -> s.leaves(LEFT)),
                    rejects(LEAVE_SELF, "a stranger", s -> s.leaves(STRANGER)),
                    rejects(LEAVE_SELF, "who is banned", s -> s.leaves(BANNED)));

    private static final List<AuthRow> KICKS =
            List.of(
                    accepts(
                            KICK_BY_OUTSIDER,
                            KICK_ALLOWED,
                            "a kick by a member",
                            s -> s.putsOut(MOD, USER)),
                    rejects(
                            KICK_BY_OUTSIDER,
                            "a kick by one who left",
                            s -> s.is(MOD, "leave").putsOut(MOD, USER)),
                    accepts(
                            UNBAN_LEVEL,
                            KICK_ALLOWED,
                            "an unban by one above the ban level",
                            s -> s.putsOut(ADMIN, BANNED)),
                    rejects(
                            UNBAN_LEVEL,
                            "an unban by one below the ban level",
                            s -> s.putsOut(MOD, BANNED)),
                    accepts(
                            UNBAN_LEVEL,
                            KICK_ALLOWED,
                            "an unban by one on the ban level",
                            s -> s.levels("'ban': 50").putsOut(MOD, BANNED)),
                    rejects(
                            KICK_REFUSED,
                            "an unban by one below the kick level",
                            s -> s.levels("'ban': 50, 'kick': 51").putsOut(MOD, BANNED)),
                    accepts(KICK_ALLOWED, "an invite taken back", s -> s.putsOut(MOD, INVITED)),
                    accepts(KICK_ALLOWED, "a knock turned down", s -> s.putsOut(MOD, KNOCKING))
                            .from(V7),
                    rejects(
                            KICK_ALLOWED,
                            KICK_REFUSED,
                            "a kick by one below the kick level",
                            s -> s.levels("'kick': 51").putsOut(MOD, USER)),
                    accepts(
                            KICK_REFUSED,
                            KICK_ALLOWED,
                            "a kick of one just below one's own level",
                            s ->
                                    s.levels("'users': {'@mod:a.org': 50, '@user:a.org': 49}")
                                            .putsOut(MOD, USER)),
                    rejects(
                            KICK_REFUSED,
                            "a kick of one's equal",
                            s -> s.levels(EQUALS).putsOut(MOD, USER)),
                    rejects(KICK_REFUSED, "a kick of one above", s -> s.putsOut(MOD, ADMIN)),
                    rejects(
                            KICK_REFUSED,
                            "a kick with the levels of a room that has none set",
                            s -> s.withoutLevels().putsOut(USER, REMOTE)),
                    accepts(
                            KICK_ALLOWED,
                            "a kick by the creator where no levels are set",
                            s -> s.withoutLevels().putsOut(CREATOR, USER)),
                    rejects(
                                    KICK_REFUSED,
                                    "a kick of the creator by the highest level there is",
                                    s -> s.levels(HIGHEST).putsOut(ADMIN, CREATOR))
                            .from(V12),
                    rejects(
                                    KICK_REFUSED,
                                    "a kick of one creator by another",
                                    s ->
                                            s.create("{'additional_creators': ['@mod:a.org']}")
                                                    .putsOut(CREATOR, MOD))
                            .from(V12),
                    accepts(
                                    KICK_ALLOWED,
                                    "a kick of the highest level there is by the creator",
                                    s -> s.levels(HIGHEST).putsOut(CREATOR, ADMIN))
                            .from(V12));

    private static final List<AuthRow> BANS =
            List.of(
                    accepts(
                            BAN_BY_OUTSIDER,
                            BAN_ALLOWED,
                            "a ban by a member",
                            s -> s.bans(ADMIN, USER)),
                    rejects(
                            BAN_BY_OUTSIDER,
                            "a ban by one who left",
                            s -> s.is(ADMIN, "leave").bans(ADMIN, USER)),
                    accepts(
                            BAN_ALLOWED,
                            "a ban of one who never was there",
                            s -> s.bans(ADMIN, STRANGER)),
                    accepts(
                            BAN_ALLOWED,
                            "a ban of one who is banned already",
                            s -> s.bans(ADMIN, BANNED)),
                    rejects(
                            BAN_ALLOWED,
                            BAN_REFUSED,
                            "a ban by one below the ban level",
                            s -> s.bans(MOD, USER)),
                    accepts(
                            BAN_REFUSED,
                            BAN_ALLOWED,
                            "a ban by one on the ban level",
                            s -> s.levels("'ban': 50").bans(MOD, USER)),
                    rejects(
                            BAN_REFUSED,
                            "a ban of one's equal",
                            s -> s.levels(EQUALS).bans(MOD, USER)),
                    rejects(BAN_REFUSED, "a ban of oneself", s -> s.bans(ADMIN, ADMIN)),
                    rejects(BAN_REFUSED, "a ban of the creator", s -> s.bans(ADMIN, CREATOR)));

    static final List<AuthRow> ROWS = Stream.of(LEAVES, KICKS, BANS).flatMap(List::stream).toList();

    private DepartureTable() {}
}
