package chat.hearth.storage;

import chat.hearth.protocol.auth.Membership;
import org.jspecify.annotations.Nullable;

/// A user's present membership of a room.
///
/// @param room the room's number
/// @param user the user's number
/// @param state the membership
/// @param position where it changed: the position of the member event, or of the change itself when
///   the event is not in the timeline here
/// @param sender who changed it
/// @param forgotten whether the user has forgotten the room
/// @param strippedState what a remote invite or knock told of the room: a JSON array; null for all
///   others
@SuppressWarnings("ArrayRecordComponent") // bytes are served as they are, never compared
public record StoredMembership(
        int room,
        int user,
        Membership state,
        long position,
        int sender,
        boolean forgotten,
        byte @Nullable [] strippedState) {}
