package chat.hearth.protocol.auth;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.room.RoomVersionRules;

/// What the rules read from a room's create event.
///
/// See [m.room.create](https://spec.matrix.org/v1.19/client-server-api/#mroomcreate).
///
/// @param eventId the create event
/// @param sender who sent it
/// @param federates whether users of other servers may take part
/// @param creators who counts as having made the room
public record Creation(EventId eventId, UserId sender, boolean federates, Creators creators) {
    /// Reads the create event of a room.
    public static Creation of(RoomVersionRules rules, Event create) {
        return new Creation(
                create.eventId(),
                create.sender(),
                create.content().bool("m.federate").orElse(true),
                Creators.of(rules, create));
    }
}
