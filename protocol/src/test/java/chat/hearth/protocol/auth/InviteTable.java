package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRow.accepts;
import static chat.hearth.protocol.auth.AuthRow.rejects;
import static chat.hearth.protocol.auth.AuthRule.INVITE_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_BY_OUTSIDER;
import static chat.hearth.protocol.auth.AuthRule.INVITE_PRESENT_OR_BANNED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_BANNED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_BY_OTHER;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_FOR_OTHER;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_INCOMPLETE;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_KEY;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_KEYS;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_UNKNOWN;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_UNSIGNED;
import static chat.hearth.protocol.auth.Scene.ADMIN;
import static chat.hearth.protocol.auth.Scene.BANNED;
import static chat.hearth.protocol.auth.Scene.CREATOR;
import static chat.hearth.protocol.auth.Scene.INVITED;
import static chat.hearth.protocol.auth.Scene.KNOCKING;
import static chat.hearth.protocol.auth.Scene.LEFT;
import static chat.hearth.protocol.auth.Scene.MOD;
import static chat.hearth.protocol.auth.Scene.STRANGER;
import static chat.hearth.protocol.auth.Scene.USER;
import static chat.hearth.protocol.room.RoomVersion.V12;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Rule 4.4 of room version 8 and what other versions have for it.
final class InviteTable {
    private static final List<AuthRow> THIRD_PARTY =
            List.of(
                    accepts(
                            INVITE_THIRD_PARTY_BANNED,
                            INVITE_THIRD_PARTY_ALLOWED,
                            "a stranger",
                            s -> invites(s.signedBy("key1"), STRANGER)),
                    rejects(
                            INVITE_THIRD_PARTY_BANNED,
                            "who is banned",
                            s -> invites(s.signedBy("key1"), BANNED)),
                    accepts(
                            INVITE_THIRD_PARTY_UNSIGNED,
                            INVITE_THIRD_PARTY_ALLOWED,
                            "a signed invite for one who left",
                            s -> invites(s.signedBy("key1"), LEFT)),
                    rejects(
                            INVITE_THIRD_PARTY_UNSIGNED,
                            "nothing signed",
                            s -> with(s, "{'display_name': 'S'}")),
                    rejects(
                            INVITE_THIRD_PARTY_UNSIGNED,
                            "`signed` that is no object",
                            s -> with(s, "{'signed': true}")),
                    rejects(
                            INVITE_THIRD_PARTY_UNSIGNED,
                            "`third_party_invite` that is no object",
                            s -> with(s, "null")),
                    accepts(
                            INVITE_THIRD_PARTY_INCOMPLETE,
                            INVITE_THIRD_PARTY_ALLOWED,
                            "mxid and token",
                            s -> invites(s.signedBy("key1"), STRANGER)),
                    rejects(
                            INVITE_THIRD_PARTY_INCOMPLETE,
                            "no mxid",
                            s -> with(s, "{'signed': {'token': 'token'}}")),
                    rejects(
                            INVITE_THIRD_PARTY_INCOMPLETE,
                            "no token",
                            s -> with(s, "{'signed': {'mxid': '@stranger:b.org'}}")),
                    accepts(
                            INVITE_THIRD_PARTY_FOR_OTHER,
                            INVITE_THIRD_PARTY_ALLOWED,
                            "the user who was signed for",
                            s -> invites(s.signedBy("key1"), KNOCKING)),
                    rejects(
                            INVITE_THIRD_PARTY_FOR_OTHER,
                            "another user than was signed for",
                            s -> with(s, "{'signed': {'mxid': '@left:b.org', 'token': 'token'}}")),
                    accepts(
                            INVITE_THIRD_PARTY_UNKNOWN,
                            INVITE_THIRD_PARTY_ALLOWED,
                            "a token in the room's state",
                            s -> invites(s.signedBy("key1"), STRANGER)),
                    rejects(
                            INVITE_THIRD_PARTY_UNKNOWN,
                            "a token that is not in the room's state",
                            s ->
                                    invites(
                                            s.without("m.room.third_party_invite", "token")
                                                    .signedBy("key1"),
                                            STRANGER)),
                    accepts(
                            INVITE_THIRD_PARTY_BY_OTHER,
                            INVITE_THIRD_PARTY_ALLOWED,
                            "who sent the third-party invite, but has left",
                            s -> invites(s.is(MOD, "leave").signedBy("key1"), STRANGER)),
                    rejects(
                            INVITE_THIRD_PARTY_BY_OTHER,
                            "an invite by another than sent the third-party invite",
                            s -> s.signedBy("key1").invites(ADMIN, STRANGER, signed(STRANGER, 1))));

    private static final List<AuthRow> KEYS =
            List.of(
                    accepts(
                            INVITE_THIRD_PARTY_KEY,
                            INVITE_THIRD_PARTY_ALLOWED,
                            "a signature by the single key",
                            s -> invites(s.signedBy("key1"), STRANGER)),
                    rejects(
                            INVITE_THIRD_PARTY_KEY,
                            INVITE_THIRD_PARTY_REFUSED,
                            "a signature by another key",
                            s -> invites(s.signedBy("key2"), STRANGER)),
                    accepts(
                            INVITE_THIRD_PARTY_KEYS,
                            INVITE_THIRD_PARTY_ALLOWED,
                            "a signature by the second of the keys",
                            s -> invites(withKeys(s).signedBy("key3"), STRANGER)),
                    rejects(
                            INVITE_THIRD_PARTY_KEYS,
                            INVITE_THIRD_PARTY_REFUSED,
                            "a signature by none of the keys",
                            s -> invites(withKeys(s).signedBy("key4"), STRANGER)),
                    accepts(
                            INVITE_THIRD_PARTY_REFUSED,
                            INVITE_THIRD_PARTY_ALLOWED,
                            "as many signatures as anybody should try",
                            s ->
                                    withKeys(s)
                                            .signedBy("key3")
                                            .invites(MOD, STRANGER, signed(STRANGER, 333))),
                    rejects(
                            INVITE_THIRD_PARTY_ALLOWED,
                            INVITE_THIRD_PARTY_REFUSED,
                            "more signatures than anybody should try",
                            s ->
                                    withKeys(s)
                                            .signedBy("key3")
                                            .invites(MOD, STRANGER, signed(STRANGER, 334))),
                    rejects(
                            INVITE_THIRD_PARTY_REFUSED,
                            "a third-party invite that was taken back",
                            s ->
                                    invites(
                                            s.state("m.room.third_party_invite", "token", MOD, "{}")
                                                    .signedBy("key1"),
                                            STRANGER)));

    private static final List<AuthRow> BY_USERS =
            List.of(
                    accepts(
                            INVITE_BY_OUTSIDER,
                            INVITE_ALLOWED,
                            "an invite by a member",
                            s -> s.invites(MOD, STRANGER)),
                    rejects(
                            INVITE_BY_OUTSIDER,
                            "an invite by one who left",
                            s -> s.is(MOD, "leave").invites(MOD, STRANGER)),
                    rejects(
                            INVITE_BY_OUTSIDER,
                            "an invite by one who is only invited",
                            s -> s.levels("'invite': 0").invites(INVITED, STRANGER)),
                    accepts(
                            INVITE_PRESENT_OR_BANNED,
                            INVITE_ALLOWED,
                            "who left",
                            s -> s.invites(MOD, LEFT)),
                    accepts(
                            INVITE_PRESENT_OR_BANNED,
                            INVITE_ALLOWED,
                            "who is invited already",
                            s -> s.invites(MOD, INVITED)),
                    rejects(INVITE_PRESENT_OR_BANNED, "who is there", s -> s.invites(MOD, USER)),
                    rejects(
                            INVITE_PRESENT_OR_BANNED,
                            "who is banned",
                            s -> s.invites(ADMIN, BANNED)),
                    accepts(INVITE_ALLOWED, "who knocked", s -> s.invites(MOD, KNOCKING)),
                    accepts(
                            INVITE_ALLOWED,
                            "an invite by anyone where no power levels are set",
                            s -> s.withoutLevels().invites(USER, STRANGER)),
                    rejects(
                            INVITE_ALLOWED,
                            INVITE_REFUSED,
                            "an invite by one below the invite level",
                            s -> s.invites(USER, STRANGER)),
                    accepts(
                            INVITE_REFUSED,
                            INVITE_ALLOWED,
                            "an invite by one on the invite level",
                            s -> s.invites(MOD, STRANGER)),
                    rejects(
                            INVITE_REFUSED,
                            "an invite by one just below the invite level",
                            s -> s.levels("'invite': 51").invites(MOD, STRANGER)),
                    accepts(
                                    INVITE_ALLOWED,
                                    "an invite by the creator, whatever the invite level",
                                    s ->
                                            s.levels("'invite': 9007199254740991")
                                                    .invites(CREATOR, STRANGER))
                            .from(V12));

    static final List<AuthRow> ROWS =
            Stream.of(THIRD_PARTY, KEYS, BY_USERS).flatMap(List::stream).toList();

    private InviteTable() {}

    private static Scene invites(Scene s, String target) {
        return s.invites(MOD, target, signed(target, 1));
    }

    private static Scene with(Scene s, String thirdPartyInvite) {
        return s.invites(MOD, STRANGER, "'third_party_invite': " + thirdPartyInvite);
    }

    private static Scene withKeys(Scene s) {
        return s.state(
                "m.room.third_party_invite",
                "token",
                MOD,
                "{'public_key': 'key1', 'public_keys': [7, {'public_key': 'key2'},"
                        + " {'public_key': 'key3'}, {'public_key': 3}]}");
    }

    private static String signed(String mxid, int signatures) {
        String all =
                IntStream.range(0, signatures)
                        .mapToObj("'ed25519:%d': 'signature'"::formatted)
                        .collect(Collectors.joining(", "));
        return ("'third_party_invite': {'signed': {'mxid': '%s', 'token': 'token',"
                        + " 'signatures': {'id.org': {%s}}}}")
                .formatted(mxid, all);
    }
}
