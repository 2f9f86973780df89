package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_BANNED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_BY_OTHER;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_FOR_OTHER;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_INCOMPLETE;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_UNKNOWN;
import static chat.hearth.protocol.auth.AuthRule.INVITE_THIRD_PARTY_UNSIGNED;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.LinkedHashSet;
import java.util.Set;

/// Rule 5.3.1, an invite that answers an `m.room.third_party_invite` (4.3.1 in room versions 6 and
/// 7, 4.4.1 from 8 to 11, 5.4.1 from 12 on).
///
/// See [Third-party invites](https://spec.matrix.org/v1.19/server-server-api/#third-party-invites).
final class ThirdPartyInviteRules {
    static final String PROPERTY = "third_party_invite";

    /// The most pairs of signature and key that are tried, so that no event of legal size buys
    /// minutes of work. Real invites have two keys and one signature.
    private static final long SIGNATURE_TRIALS_MAX = 1_000;

    private final RoomVersionRules rules;
    private final SignatureCheck signatures;

    ThirdPartyInviteRules(RoomVersionRules rules, SignatureCheck signatures) {
        this.rules = rules;
        this.signatures = signatures;
    }

    AuthResult check(Event event, String target, AuthContext context) {
        if (context.membershipOf(target) == Membership.BAN) {
            return INVITE_THIRD_PARTY_BANNED.reject(rules, target + " is banned from the room");
        }
        JsonObject signed =
                event.content().object(PROPERTY).flatMap(o -> o.object("signed")).orElse(null);
        if (signed == null) {
            return INVITE_THIRD_PARTY_UNSIGNED.reject(rules, "third_party_invite is not signed");
        }
        String mxid = signed.string("mxid").orElse(null);
        String token = signed.string("token").orElse(null);
        if (mxid == null || token == null) {
            return INVITE_THIRD_PARTY_INCOMPLETE.reject(rules, "signed lacks mxid or token");
        }
        if (!mxid.equals(target)) {
            return INVITE_THIRD_PARTY_FOR_OTHER.reject(rules, "signed is about another user");
        }
        Event invite = context.thirdPartyInvite(token);
        if (invite == null) {
            return INVITE_THIRD_PARTY_UNKNOWN.reject(rules, "No third-party invite has this token");
        }
        if (!event.sender().equals(invite.sender())) {
            return INVITE_THIRD_PARTY_BY_OTHER.reject(
                    rules, "The third-party invite is by " + invite.sender());
        }
        if (isSigned(signed, publicKeys(invite.content()))) {
            return INVITE_THIRD_PARTY_ALLOWED.allow();
        }
        return INVITE_THIRD_PARTY_REFUSED.reject(
                rules, "No key of the third-party invite signed this invite");
    }

    private boolean isSigned(JsonObject signed, Set<String> keys) {
        long trials = keys.size() * signatureCount(signed);
        return trials <= SIGNATURE_TRIALS_MAX
                && keys.stream().anyMatch(key -> signatures.isSignedWith(signed, key));
    }

    private static long signatureCount(JsonObject signed) {
        return signed.object("signatures").orElse(JsonObject.EMPTY).members().values().stream()
                .mapToLong(server -> server instanceof JsonObject keys ? keys.size() : 0)
                .sum();
    }

    private static Set<String> publicKeys(JsonObject content) {
        var keys = new LinkedHashSet<String>();
        content.string("public_key").ifPresent(keys::add);
        for (JsonValue entry : content.array("public_keys").orElse(JsonArray.EMPTY)) {
            if (entry instanceof JsonObject key) {
                key.string("public_key").ifPresent(keys::add);
            }
        }
        return keys;
    }
}
