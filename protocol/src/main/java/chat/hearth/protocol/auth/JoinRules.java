package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRule.JOIN_BANNED;
import static chat.hearth.protocol.auth.AuthRule.JOIN_CREATOR;
import static chat.hearth.protocol.auth.AuthRule.JOIN_FOR_OTHER;
import static chat.hearth.protocol.auth.AuthRule.JOIN_INVITED;
import static chat.hearth.protocol.auth.AuthRule.JOIN_PUBLIC;
import static chat.hearth.protocol.auth.AuthRule.JOIN_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.JOIN_RESTRICTED_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.JOIN_RESTRICTED_INVITED;
import static chat.hearth.protocol.auth.AuthRule.JOIN_RESTRICTED_UNAUTHORISED;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.List;

/// Rule 5.2, `m.room.member` with membership `join` (4.2 in room versions 6 and 7, 4.3 from 8 to
/// 11, 5.3 from 12 on).
final class JoinRules {
    private final RoomVersionRules rules;

    JoinRules(RoomVersionRules rules) {
        this.rules = rules;
    }

    AuthResult check(Event event, String target, AuthContext context) {
        if (isFirstJoin(event, target, context.creation())) {
            return JOIN_CREATOR.allow();
        }
        if (!event.sender().value().equals(target)) {
            return JOIN_FOR_OTHER.reject(rules, "You can join only for yourself");
        }
        Membership current = context.membershipOf(target);
        if (current == Membership.BAN) {
            return JOIN_BANNED.reject(rules, target + " is banned from the room");
        }
        return checkJoinRule(event, current, context);
    }

    private boolean isFirstJoin(Event event, String target, Creation creation) {
        List<EventId> previous = event.prevEvents();
        if (previous.size() != 1 || !previous.getFirst().equals(creation.eventId())) {
            return false;
        }
        return rules.implicitCreator()
                ? target.equals(creation.sender().value())
                : creation.creators().include(target);
    }

    private AuthResult checkJoinRule(Event event, Membership current, AuthContext context) {
        boolean invited = current == Membership.INVITE || current == Membership.JOIN;
        return switch (context.joinRule()) {
            case INVITE -> checkInvited(invited);
            case KNOCK -> rules.knocking() ? checkInvited(invited) : refuse();
            case RESTRICTED ->
                    rules.restrictedJoins() ? checkRestricted(event, invited, context) : refuse();
            case KNOCK_RESTRICTED ->
                    rules.knockRestricted() ? checkRestricted(event, invited, context) : refuse();
            case PUBLIC -> JOIN_PUBLIC.allow();
            case PRIVATE, UNKNOWN -> refuse();
        };
    }

    private AuthResult checkInvited(boolean invited) {
        return invited ? JOIN_INVITED.allow() : refuse();
    }

    private AuthResult checkRestricted(Event event, boolean invited, AuthContext context) {
        if (invited) {
            return JOIN_RESTRICTED_INVITED.allow();
        }
        String authoriser = event.content().string(MemberRules.AUTHORISING_USER).orElse(null);
        PowerLevels levels = context.powerLevels();
        if (authoriser == null
                || levels.levelOf(authoriser) < levels.invite()
                || context.membershipOf(authoriser) != Membership.JOIN) {
            return JOIN_RESTRICTED_UNAUTHORISED.reject(
                    rules, "No member who may invite vouches for this join");
        }
        return JOIN_RESTRICTED_ALLOWED.allow();
    }

    private AuthResult refuse() {
        return JOIN_REFUSED.reject(rules, "You are not invited to this room");
    }
}
