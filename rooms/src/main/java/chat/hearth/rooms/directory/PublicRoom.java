package chat.hearth.rooms.directory;

import chat.hearth.protocol.id.RoomId;
import org.jspecify.annotations.Nullable;

/// A room as the public directory shows it.
///
/// @param roomId the room's id
/// @param joined how many users are joined
/// @param name the room's name
/// @param topic the topic
/// @param canonicalAlias the alias it prefers
/// @param avatarUrl the avatar
/// @param joinRule who may join
/// @param roomType what kind of room it is, null for a plain one
/// @param worldReadable whether everybody may read along
/// @param guestCanJoin whether guests may join
public record PublicRoom(
        RoomId roomId,
        int joined,
        @Nullable String name,
        @Nullable String topic,
        @Nullable String canonicalAlias,
        @Nullable String avatarUrl,
        @Nullable String joinRule,
        @Nullable String roomType,
        boolean worldReadable,
        boolean guestCanJoin) {}
