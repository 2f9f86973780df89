package chat.hearth.protocol.auth;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersionRules;
import org.jspecify.annotations.Nullable;

/// An [AuthContext] that decodes a state as far as it is asked.
final class StateAuthContext implements AuthContext {
    private final RoomVersionRules rules;
    private final Creation creation;
    private final AuthState state;
    private @Nullable PowerLevels powerLevels;

    StateAuthContext(RoomVersionRules rules, Creation creation, AuthState state) {
        this.rules = rules;
        this.creation = creation;
        this.state = state;
    }

    @Override
    public Creation creation() {
        return creation;
    }

    @Override
    public PowerLevels powerLevels() {
        PowerLevels known = powerLevels;
        if (known == null) {
            known =
                    PowerLevels.of(
                            rules, creation.creators(), content(EventTypes.POWER_LEVELS, ""));
            powerLevels = known;
        }
        return known;
    }

    @Override
    public JoinRule joinRule() {
        return JoinRule.of(content(EventTypes.JOIN_RULES, ""));
    }

    @Override
    public Membership membershipOf(String user) {
        return Membership.of(content(EventTypes.MEMBER, user));
    }

    @Override
    public @Nullable Event thirdPartyInvite(String token) {
        return state.find(EventTypes.THIRD_PARTY_INVITE, token);
    }

    private @Nullable JsonObject content(String type, String stateKey) {
        Event event = state.find(type, stateKey);
        return event == null ? null : event.content();
    }
}
