package chat.hearth.homeserver.sync;

import chat.hearth.protocol.filter.Filter;
import chat.hearth.protocol.id.UserId;

/// What a client asks for.
///
/// @param userId the user
/// @param user the user's number
/// @param device the device's number, 0 for none
/// @param filter what the client wants to see
/// @param fullState whether all rooms are wanted with their whole state
/// @param stateAfter whether the state at the end of the timelines is wanted, not at their start
/// @param acknowledged the position of the token that the client came with: it has what was sent
///   before, 0 for none
record SyncQuery(
        UserId userId,
        int user,
        int device,
        Filter filter,
        boolean fullState,
        boolean stateAfter,
        long acknowledged) {
    /// The type of events that tell of presence.
    static final String PRESENCE = "m.presence";

    /// Whether the client may be shown anybody's presence.
    boolean wantsPresence() {
        return filter.presence().mayMatch(PRESENCE);
    }
}
