package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRow.accepts;
import static chat.hearth.protocol.auth.AuthRow.rejects;
import static chat.hearth.protocol.auth.AuthRule.KNOCK_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.KNOCK_FOR_OTHER;
import static chat.hearth.protocol.auth.AuthRule.KNOCK_JOIN_RULE;
import static chat.hearth.protocol.auth.AuthRule.KNOCK_REFUSED;
import static chat.hearth.protocol.auth.Scene.BANNED;
import static chat.hearth.protocol.auth.Scene.INVITED;
import static chat.hearth.protocol.auth.Scene.KNOCKING;
import static chat.hearth.protocol.auth.Scene.LEFT;
import static chat.hearth.protocol.auth.Scene.MOD;
import static chat.hearth.protocol.auth.Scene.STRANGER;
import static chat.hearth.protocol.auth.Scene.USER;
import static chat.hearth.protocol.room.RoomVersion.V10;
import static chat.hearth.protocol.room.RoomVersion.V9;

import java.util.List;

/// Rule 4.7 of room version 8 and what other versions have for it.
final class KnockTable {
    static final List<AuthRow> ROWS =
            List.of(
                    accepts(
                            KNOCK_JOIN_RULE,
                            KNOCK_ALLOWED,
                            "a knock where one may knock",
                            s -> knock(s, "knock", STRANGER)),
                    accepts(
                                    KNOCK_JOIN_RULE,
                                    KNOCK_ALLOWED,
                                    "a knock where one may also fulfil a condition",
                                    s -> knock(s, "knock_restricted", STRANGER))
                            .from(V10),
                    rejects(
                                    KNOCK_JOIN_RULE,
                                    "a knock by a join rule to come",
                                    s -> knock(s, "knock_restricted", STRANGER))
                            .until(V9),
                    rejects(
                            KNOCK_JOIN_RULE,
                            "a knock at a public room",
                            s -> knock(s, "public", STRANGER)),
                    rejects(
                            KNOCK_JOIN_RULE,
                            "a knock at a restricted room",
                            s -> knock(s, "restricted", STRANGER)),
                    rejects(
                            KNOCK_JOIN_RULE,
                            "a knock where no join rule is set",
                            s -> s.without("m.room.join_rules", "").knocks(STRANGER)),
                    accepts(
                            KNOCK_FOR_OTHER,
                            KNOCK_ALLOWED,
                            "a knock for oneself",
                            s -> knock(s, "knock", LEFT)),
                    rejects(
                            KNOCK_FOR_OTHER,
                            "a knock for another",
                            s -> s.joinRule("knock").member(MOD, STRANGER, "knock")),
                    accepts(KNOCK_ALLOWED, "a second knock", s -> knock(s, "knock", KNOCKING)),
                    rejects(
                            KNOCK_ALLOWED,
                            KNOCK_REFUSED,
                            "a knock by a banned user",
                            s -> knock(s, "knock", BANNED)),
                    accepts(
                            KNOCK_REFUSED,
                            KNOCK_ALLOWED,
                            "a knock by one who left",
                            s -> knock(s, "knock", LEFT)),
                    rejects(
                            KNOCK_REFUSED,
                            "a knock by one who is invited",
                            s -> knock(s, "knock", INVITED)),
                    rejects(
                            KNOCK_REFUSED,
                            "a knock by one who is there",
                            s -> knock(s, "knock", USER)));

    private KnockTable() {}

    private static Scene knock(Scene s, String joinRule, String user) {
        return s.joinRule(joinRule).knocks(user);
    }
}
