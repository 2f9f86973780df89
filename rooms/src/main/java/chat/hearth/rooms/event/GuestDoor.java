package chat.hearth.rooms.event;

import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.Pdu;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.rooms.event.Batch.NewEvent;
import chat.hearth.rooms.state.RoomState;

/// The event that lets guests into a room.
///
/// See [m.room.guest_access](https://spec.matrix.org/v1.19/client-server-api/#mroomguest_access).
public final class GuestDoor {
    private GuestDoor() {}

    /// Whether content of the event lets guests in.
    public static boolean isOpen(JsonObject content) {
        return content.string("guest_access").filter("can_join"::equals).isPresent();
    }

    /// Whether an event lets guests in no longer who may have been let in before.
    ///
    /// @param place the event's place in the room's state, 0 when it is no state event
    /// @param before the state before the event
    static boolean isClosedBy(NewEvent event, int place, RoomState before) {
        Pdu pdu = event.pdu();
        AppliedRedaction redaction = event.redaction();
        if (redaction != null) {
            return redaction.target().type().equals(EventTypes.GUEST_ACCESS)
                    && redaction.concerns(before);
        }
        return place != 0
                && pdu.type().equals(EventTypes.GUEST_ACCESS)
                && !isOpen(pdu.content())
                && before.events().eventAt(place) != StateMap.NONE;
    }
}
