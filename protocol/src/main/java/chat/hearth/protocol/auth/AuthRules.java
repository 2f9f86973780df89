package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRule.AUTH_EVENTS_WITHOUT_CREATE;
import static chat.hearth.protocol.auth.AuthRule.NOT_FEDERATED;
import static chat.hearth.protocol.auth.AuthRule.OTHERWISE;
import static chat.hearth.protocol.auth.AuthRule.REQUIRED_LEVEL;
import static chat.hearth.protocol.auth.AuthRule.ROOM_ID;
import static chat.hearth.protocol.auth.AuthRule.SENDER_NOT_JOINED;
import static chat.hearth.protocol.auth.AuthRule.STATE_KEY_OF_OTHER_USER;
import static chat.hearth.protocol.auth.AuthRule.THIRD_PARTY_INVITE_LEVEL;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.room.RoomVersionRules;
import org.jspecify.annotations.Nullable;

/// The authorisation rules of one room version: whether a state lets an event pass.
///
/// A received event is checked three times: against the state that its auth events make up, after
/// [AuthEventsCheck] found nothing wrong with their list; against the state before it; and against
/// the room's current state. Immutable, safe to share between threads.
///
/// See [Authorisation rules](https://spec.matrix.org/v1.19/server-server-api/#authorisation-rules).
public final class AuthRules {
    private final RoomVersionRules rules;
    private final CreateRules create;
    private final AliasesRules aliases;
    private final MemberRules member;
    private final PowerLevelRules powerLevels;
    private final RedactionRules redaction;

    /// The rules of one room version.
    ///
    /// @param signatures answers what the rules ask about signatures
    public AuthRules(RoomVersionRules rules, SignatureCheck signatures) {
        this.rules = rules;
        this.create = new CreateRules(rules);
        this.aliases = new AliasesRules(rules);
        this.member = new MemberRules(rules, signatures);
        this.powerLevels = new PowerLevelRules(rules);
        this.redaction = new RedactionRules(rules);
    }

    /// Checks an event against a state, which must hold the create event in every room version.
    /// Decodes no more of the state than the event needs.
    public AuthResult check(Event event, AuthState state) {
        if (event.type().equals(EventTypes.CREATE)) {
            return create.check(event);
        }
        Event createEvent = state.find(EventTypes.CREATE, "");
        if (createEvent == null) {
            AuthRule rule = rules.roomIdIsCreateHash() ? ROOM_ID : AUTH_EVENTS_WITHOUT_CREATE;
            return rule.reject(rules, "The room has no create event");
        }
        Creation creation = Creation.of(rules, createEvent);
        return check(event, AuthContext.of(rules, creation, state));
    }

    /// Checks an event against a state that is decoded already. For an event that is allowed and
    /// not about memberships or power levels, this is a handful of look-ups.
    public AuthResult check(Event event, AuthContext context) {
        if (event.type().equals(EventTypes.CREATE)) {
            return create.check(event);
        }
        Creation creation = context.creation();
        if (!creation.federates() && !event.sender().sharesServerWith(creation.sender())) {
            return NOT_FEDERATED.reject(rules, "This room is not open to other servers");
        }
        if (rules.aliasesByDomain() && event.type().equals(EventTypes.ALIASES)) {
            return aliases.check(event);
        }
        if (event.type().equals(EventTypes.MEMBER)) {
            return member.check(event, context);
        }
        return checkSending(event, context);
    }

    private AuthResult checkSending(Event event, AuthContext context) {
        if (context.membershipOf(event.sender().value()) != Membership.JOIN) {
            return SENDER_NOT_JOINED.reject(rules, event.sender() + " is not in the room");
        }
        PowerLevels levels = context.powerLevels();
        long own = levels.levelOf(event.sender());
        if (event.type().equals(EventTypes.THIRD_PARTY_INVITE)) {
            return own >= levels.invite()
                    ? THIRD_PARTY_INVITE_LEVEL.allow()
                    : THIRD_PARTY_INVITE_LEVEL.reject(
                            rules, "You need power level " + levels.invite() + " to invite");
        }
        String stateKey = event.stateKey().orElse(null);
        long required = levels.required(event.type(), stateKey != null);
        if (required > own) {
            return REQUIRED_LEVEL.reject(
                    rules,
                    "You need power level %d to send %s, you have %d"
                            .formatted(required, event.type(), own));
        }
        if (isOtherUser(stateKey, event)) {
            return STATE_KEY_OF_OTHER_USER.reject(
                    rules, "The state key " + stateKey + " belongs to another user");
        }
        if (event.type().equals(EventTypes.POWER_LEVELS)) {
            return powerLevels.check(event, context);
        }
        if (rules.redactionByDomain() && event.type().equals(EventTypes.REDACTION)) {
            return redaction.check(event, context);
        }
        return OTHERWISE.allow();
    }

    private static boolean isOtherUser(@Nullable String stateKey, Event event) {
        return stateKey != null
                && stateKey.startsWith("@")
                && !stateKey.equals(event.sender().value());
    }
}
