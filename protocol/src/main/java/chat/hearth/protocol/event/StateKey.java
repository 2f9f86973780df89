package chat.hearth.protocol.event;

/// The place of a state event in a room's state.
///
/// @param type the event type
/// @param stateKey the state key, empty for many types
public record StateKey(String type, String stateKey) {
    /// The place of the one event of a type whose state key is empty.
    public static StateKey of(String type) {
        return new StateKey(type, "");
    }
}
