package chat.hearth.storage;

import chat.hearth.protocol.id.RoomAlias;

/// A local alias.
///
/// @param alias the alias
/// @param room number of the room it names
/// @param creator number of the user who made it
/// @param createdTs milliseconds since the epoch
public record StoredAlias(RoomAlias alias, int room, int creator, long createdTs) {}
