package chat.hearth.protocol.auth;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import org.jspecify.annotations.Nullable;

/// The state against which an event is checked: that before the event, the room's current one, or
/// what the event's auth events make up.
@FunctionalInterface
public interface AuthState {
    /// The state event in this place, or null when the state has none. The create event must be
    /// among the answers in every room version; where it comes from elsewhere, as in room version
    /// 12, [#withCreate(Event)] puts it there.
    @Nullable Event find(String type, String stateKey);

    /// This state with the create event put beside it.
    default AuthState withCreate(Event create) {
        return (type, stateKey) ->
                type.equals(EventTypes.CREATE) && stateKey.isEmpty()
                        ? create
                        : find(type, stateKey);
    }
}
