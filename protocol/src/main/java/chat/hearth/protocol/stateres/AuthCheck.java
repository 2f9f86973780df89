package chat.hearth.protocol.stateres;

import chat.hearth.protocol.auth.AuthContext;
import chat.hearth.protocol.auth.AuthRules;
import chat.hearth.protocol.auth.Creation;
import chat.hearth.protocol.auth.Creators;
import chat.hearth.protocol.auth.JoinRule;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The authorisation rules, applied to numbers during one resolution. What a create or power levels
/// event says is decoded once, however many events are checked against it. Not safe for use by
/// several threads.
final class AuthCheck {
    private static final Creators NO_CREATORS = new Creators(Set.of(), false);

    private final RoomVersionRules version;
    private final AuthRules rules;
    private final EventGraph graph;
    private final Map<Long, Creation> creations = new HashMap<>();
    private final Map<LevelsKey, PowerLevels> powerLevels = new HashMap<>();

    AuthCheck(RoomVersionRules version, AuthRules rules, EventGraph graph) {
        this.version = version;
        this.rules = rules;
        this.graph = graph;
    }

    /// Whether the rules allow an event in a state. What its own auth events would allow was
    /// checked when it was received.
    boolean allows(long number, StateLookup state) {
        Event event = graph.event(number);
        long create = state.find(EventTypes.CREATE, "");
        return create == StateMap.NONE
                ? rules.check(event, (type, stateKey) -> null).isAllowed()
                : rules.check(event, new Context(create, state)).isAllowed();
    }

    /// The power level of an event's sender in the state that its own auth events make up.
    long senderLevel(long number) {
        var cited = new AuthEventLookup(graph, number, true, version.roomIdIsCreateHash());
        long create = cited.find(EventTypes.CREATE, "");
        return powerLevels(create, cited).levelOf(graph.event(number).sender());
    }

    /// What a state says, with what an event's own auth events say where it says nothing.
    StateLookup completed(StateMap state, long number) {
        var cited = new AuthEventLookup(graph, number, false, version.roomIdIsCreateHash());
        StateLookup stated = StateLookup.of(graph, state);
        return (type, stateKey) -> {
            long event = stated.find(type, stateKey);
            return event == StateMap.NONE ? cited.find(type, stateKey) : event;
        };
    }

    private Creation creation(long create) {
        return creations.computeIfAbsent(
                create, number -> Creation.of(version, graph.event(number)));
    }

    private PowerLevels powerLevels(long create, StateLookup state) {
        var key = new LevelsKey(create, state.find(EventTypes.POWER_LEVELS, ""));
        return powerLevels.computeIfAbsent(
                key,
                missing ->
                        PowerLevels.of(
                                version,
                                create == StateMap.NONE ? NO_CREATORS : creation(create).creators(),
                                content(missing.event())));
    }

    private @Nullable JsonObject content(long number) {
        return number == StateMap.NONE ? null : graph.event(number).content();
    }

    private record LevelsKey(long create, long event) {}

    /// A state as the rules ask for it.
    private final class Context implements AuthContext {
        private final long create;
        private final StateLookup state;

        Context(long create, StateLookup state) {
            this.create = create;
            this.state = state;
        }

        @Override
        public Creation creation() {
            return AuthCheck.this.creation(create);
        }

        @Override
        public PowerLevels powerLevels() {
            return AuthCheck.this.powerLevels(create, state);
        }

        @Override
        public JoinRule joinRule() {
            return JoinRule.of(content(state.find(EventTypes.JOIN_RULES, "")));
        }

        @Override
        public Membership membershipOf(String user) {
            return Membership.of(content(state.find(EventTypes.MEMBER, user)));
        }

        @Override
        public @Nullable Event thirdPartyInvite(String token) {
            long number = state.find(EventTypes.THIRD_PARTY_INVITE, token);
            return number == StateMap.NONE ? null : graph.event(number);
        }
    }
}
