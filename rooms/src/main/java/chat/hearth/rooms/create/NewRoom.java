package chat.hearth.rooms.create;

import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What someone asks of a new room. The parts are valid each for itself; whether they fit together
/// is for the auth rules to say.
///
/// See [Creation](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom).
///
/// @param creator the local user who makes the room
/// @param memberContent what the creator's join holds besides `membership`: the display name and
///   avatar that they have; those that they have once the room is made come after it
/// @param version the room version
/// @param preset the preset
/// @param creationContent extra members of the create event's content
/// @param powerLevelOverride members that replace those of the default power levels
/// @param initialState state events to set after the preset's
/// @param name the room's name
/// @param topic the room's topic
/// @param alias the canonical alias, already known to be free
/// @param invites users to invite
/// @param isDirect whether the invites are to a direct chat
/// @param published whether the room is listed in the directory
public record NewRoom(
        UserId creator,
        JsonObject memberContent,
        RoomVersion version,
        Preset preset,
        JsonObject creationContent,
        JsonObject powerLevelOverride,
        List<InitialState> initialState,
        @Nullable String name,
        @Nullable String topic,
        @Nullable RoomAlias alias,
        Map<UserId, JsonObject> invites,
        boolean isDirect,
        boolean published) {

    /// A state event to set in a new room.
    ///
    /// @param type the event type
    /// @param stateKey the state key
    /// @param content the content
    public record InitialState(String type, String stateKey, JsonObject content) {}
}
