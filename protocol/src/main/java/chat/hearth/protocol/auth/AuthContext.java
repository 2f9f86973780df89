package chat.hearth.protocol.auth;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.room.RoomVersionRules;
import org.jspecify.annotations.Nullable;

/// What the rules ask a room's state, decoded. A room that is kept in memory implements this with
/// what it holds, so that a check decodes nothing.
public interface AuthContext {
    /// What the create event says.
    Creation creation();

    /// The power levels, or the defaults where the room has none.
    PowerLevels powerLevels();

    /// Who may join.
    JoinRule joinRule();

    /// What the user with this id, which need not be valid, is to the room.
    Membership membershipOf(String user);

    /// The `m.room.third_party_invite` event with this state key, if there is one.
    @Nullable Event thirdPartyInvite(String token);

    /// Decodes what is asked from `state`, when it is first asked. For one thread and one check.
    static AuthContext of(RoomVersionRules rules, Creation creation, AuthState state) {
        return new StateAuthContext(rules, creation, state);
    }
}
