package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRule.BAN_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.BAN_BY_OUTSIDER;
import static chat.hearth.protocol.auth.AuthRule.BAN_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_BY_OUTSIDER;
import static chat.hearth.protocol.auth.AuthRule.INVITE_PRESENT_OR_BANNED;
import static chat.hearth.protocol.auth.AuthRule.INVITE_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.KICK_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.KICK_BY_OUTSIDER;
import static chat.hearth.protocol.auth.AuthRule.KICK_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.KNOCK_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.KNOCK_FOR_OTHER;
import static chat.hearth.protocol.auth.AuthRule.KNOCK_JOIN_RULE;
import static chat.hearth.protocol.auth.AuthRule.KNOCK_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.LEAVE_SELF;
import static chat.hearth.protocol.auth.AuthRule.MEMBER_AUTHORISED_UNSIGNED;
import static chat.hearth.protocol.auth.AuthRule.MEMBER_INCOMPLETE;
import static chat.hearth.protocol.auth.AuthRule.MEMBER_UNKNOWN;
import static chat.hearth.protocol.auth.AuthRule.UNBAN_LEVEL;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rule 5, `m.room.member` (4 from room version 6 to 11): who enters, who brings whom in, and who
/// puts whom out. Joins and third-party invites have their own classes.
final class MemberRules {
    static final String AUTHORISING_USER = "join_authorised_via_users_server";

    private final RoomVersionRules rules;
    private final SignatureCheck signatures;
    private final JoinRules joins;
    private final ThirdPartyInviteRules thirdPartyInvites;

    MemberRules(RoomVersionRules rules, SignatureCheck signatures) {
        this.rules = rules;
        this.signatures = signatures;
        this.joins = new JoinRules(rules);
        this.thirdPartyInvites = new ThirdPartyInviteRules(rules, signatures);
    }

    AuthResult check(Event event, AuthContext context) {
        String target = event.stateKey().orElse(null);
        if (target == null || !event.content().has("membership")) {
            return MEMBER_INCOMPLETE.reject(
                    rules, "m.room.member needs a state key and a membership");
        }
        if (rules.restrictedJoins()
                && event.content().has(AUTHORISING_USER)
                && !isSignedForAuthorisingUser(event)) {
            return MEMBER_AUTHORISED_UNSIGNED.reject(
                    rules, "Not signed by the server of " + AUTHORISING_USER);
        }
        Membership membership =
                event.content().string("membership").flatMap(Membership::find).orElse(null);
        if (membership == Membership.KNOCK && !rules.knocking()) {
            membership = null;
        }
        return switch (membership) {
            case JOIN -> joins.check(event, target, context);
            case INVITE -> checkInvite(event, target, context);
            case LEAVE -> checkLeave(event, target, context);
            case BAN -> checkBan(event, target, context);
            case KNOCK -> checkKnock(event, target, context);
            case null -> MEMBER_UNKNOWN.reject(rules, "Unknown membership");
        };
    }

    private boolean isSignedForAuthorisingUser(Event event) {
        Optional<UserId> user = event.content().string(AUTHORISING_USER).flatMap(UserId::parse);
        return user.isPresent() && signatures.isSignedBy(event, user.get().serverName());
    }

    private AuthResult checkInvite(Event event, String target, AuthContext context) {
        if (event.content().has(ThirdPartyInviteRules.PROPERTY)) {
            return thirdPartyInvites.check(event, target, context);
        }
        AuthResult outsider = rejectOutsider(INVITE_BY_OUTSIDER, event, context);
        if (outsider != null) {
            return outsider;
        }
        Membership current = context.membershipOf(target);
        if (current == Membership.JOIN || current == Membership.BAN) {
            return INVITE_PRESENT_OR_BANNED.reject(
                    rules,
                    current == Membership.JOIN
                            ? target + " is already in the room"
                            : target + " is banned from the room");
        }
        PowerLevels levels = context.powerLevels();
        if (levels.levelOf(event.sender()) >= levels.invite()) {
            return INVITE_ALLOWED.allow();
        }
        return INVITE_REFUSED.reject(
                rules, "You need power level " + levels.invite() + " to invite");
    }

    private AuthResult checkLeave(Event event, String target, AuthContext context) {
        if (event.sender().value().equals(target)) {
            return checkOwnLeave(target, context);
        }
        AuthResult outsider = rejectOutsider(KICK_BY_OUTSIDER, event, context);
        if (outsider != null) {
            return outsider;
        }
        PowerLevels levels = context.powerLevels();
        long own = levels.levelOf(event.sender());
        if (context.membershipOf(target) == Membership.BAN && own < levels.ban()) {
            return UNBAN_LEVEL.reject(rules, "You need power level " + levels.ban() + " to unban");
        }
        if (own >= levels.kick() && levels.levelOf(target) < own) {
            return KICK_ALLOWED.allow();
        }
        return KICK_REFUSED.reject(
                rules,
                "You need power level %d and more than %s has to put them out"
                        .formatted(levels.kick(), target));
    }

    private AuthResult checkOwnLeave(String target, AuthContext context) {
        boolean leavable =
                switch (context.membershipOf(target)) {
                    case INVITE, JOIN -> true;
                    case KNOCK -> rules.knocking();
                    case LEAVE, BAN -> false;
                };
        return leavable
                ? LEAVE_SELF.allow()
                : LEAVE_SELF.reject(rules, target + " is not in the room");
    }

    private AuthResult checkBan(Event event, String target, AuthContext context) {
        AuthResult outsider = rejectOutsider(BAN_BY_OUTSIDER, event, context);
        if (outsider != null) {
            return outsider;
        }
        PowerLevels levels = context.powerLevels();
        long own = levels.levelOf(event.sender());
        if (own >= levels.ban() && levels.levelOf(target) < own) {
            return BAN_ALLOWED.allow();
        }
        return BAN_REFUSED.reject(
                rules,
                "You need power level %d and more than %s has to ban them"
                        .formatted(levels.ban(), target));
    }

    private AuthResult checkKnock(Event event, String target, AuthContext context) {
        JoinRule joinRule = context.joinRule();
        boolean canKnock =
                joinRule == JoinRule.KNOCK
                        || joinRule == JoinRule.KNOCK_RESTRICTED && rules.knockRestricted();
        if (!canKnock) {
            return KNOCK_JOIN_RULE.reject(rules, "This room does not take knocks");
        }
        if (!event.sender().value().equals(target)) {
            return KNOCK_FOR_OTHER.reject(rules, "You can knock only for yourself");
        }
        return switch (context.membershipOf(target)) {
            case KNOCK, LEAVE -> KNOCK_ALLOWED.allow();
            case BAN -> KNOCK_REFUSED.reject(rules, target + " is banned from the room");
            case INVITE, JOIN -> KNOCK_REFUSED.reject(rules, target + " need not knock");
        };
    }

    private @Nullable AuthResult rejectOutsider(AuthRule rule, Event event, AuthContext context) {
        String sender = event.sender().value();
        return context.membershipOf(sender) == Membership.JOIN
                ? null
                : rule.reject(rules, sender + " is not in the room");
    }
}
