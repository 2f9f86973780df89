package chat.hearth.rooms.event;

import chat.hearth.protocol.event.StoredForm;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.StoredEvent;

/// What a redaction does to its target.
///
/// @param target the event as it was
/// @param redacted what is left of it
/// @param flags the bits of its flags from now on
/// @param relatedTo position of the event that the target related to, 0 for none
record AppliedRedaction(StoredEvent target, StoredForm redacted, int flags, long relatedTo) {
    /// Whether it changes what a room's state says: the target is a part of it.
    boolean concerns(RoomState state) {
        return target.isState() && state.events().eventAt(target.stateKey()) == target.position();
    }
}
