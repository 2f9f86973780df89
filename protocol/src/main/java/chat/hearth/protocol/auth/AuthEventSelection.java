package chat.hearth.protocol.auth;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which places of a room's state authorise an event.
///
/// See [Auth events
/// selection](https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection).
public final class AuthEventSelection {
    private AuthEventSelection() {}

    /// The places whose events, where there are any, are the auth events of `event`.
    public static List<StateKey> of(RoomVersionRules rules, Event event) {
        return of(
                rules,
                event.type(),
                event.sender(),
                event.stateKey().orElse(null),
                event.content());
    }

    /// The places whose events, where there are any, are the auth events of an event that is yet to
    /// be made. No place is named twice; a create event has none.
    ///
    /// @param stateKey the state key, null for message events
    public static List<StateKey> of(
            RoomVersionRules rules,
            String type,
            UserId sender,
            @Nullable String stateKey,
            JsonObject content) {
        if (type.equals(EventTypes.CREATE)) {
            return List.of();
        }
        var keys = new ArrayList<StateKey>(7);
        if (!rules.roomIdIsCreateHash()) {
            keys.add(StateKey.of(EventTypes.CREATE));
        }
        keys.add(StateKey.of(EventTypes.POWER_LEVELS));
        keys.add(new StateKey(EventTypes.MEMBER, sender.value()));
        if (type.equals(EventTypes.MEMBER)) {
            addForMember(keys, rules, stateKey, content);
        }
        return keys;
    }

    private static void addForMember(
            List<StateKey> keys,
            RoomVersionRules rules,
            @Nullable String target,
            JsonObject content) {
        if (target != null) {
            addOnce(keys, new StateKey(EventTypes.MEMBER, target));
        }
        Membership membership = Membership.of(content);
        if (membership == Membership.JOIN
                || membership == Membership.INVITE
                || membership == Membership.KNOCK) {
            keys.add(StateKey.of(EventTypes.JOIN_RULES));
        }
        if (membership == Membership.INVITE) {
            thirdPartyToken(content)
                    .ifPresent(
                            token -> keys.add(new StateKey(EventTypes.THIRD_PARTY_INVITE, token)));
        }
        if (membership == Membership.JOIN && rules.restrictedJoins()) {
            content.string(MemberRules.AUTHORISING_USER)
                    .ifPresent(user -> addOnce(keys, new StateKey(EventTypes.MEMBER, user)));
        }
    }

    private static Optional<String> thirdPartyToken(JsonObject content) {
        return content.object("third_party_invite")
                .flatMap(invite -> invite.object("signed"))
                .flatMap(signed -> signed.string("token"));
    }

    private static void addOnce(List<StateKey> keys, StateKey key) {
        if (!keys.contains(key)) {
            keys.add(key);
        }
    }
}
