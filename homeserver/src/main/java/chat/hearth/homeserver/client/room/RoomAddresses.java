package chat.hearth.homeserver.client.room;

import chat.hearth.http.Request;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.rooms.directory.RoomAliases;

/// Finds the room that a path names by its id or an alias.
final class RoomAddresses {
    private final RoomAliases aliases;

    RoomAddresses(RoomAliases aliases) {
        this.aliases = aliases;
    }

    /// The room in the parameter `roomIdOrAlias`.
    ///
    /// @throws MatrixException 404 for an alias that names no room, 400 for what is neither
    RoomId room(Request request) {
        String text = request.path("roomIdOrAlias");
        return text.startsWith("#")
                ? aliases.resolve(request.path("roomIdOrAlias", RoomAlias::parse))
                : request.path("roomIdOrAlias", RoomId::parse);
    }
}
