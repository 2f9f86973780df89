package chat.hearth.protocol.event;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a new event goes: its room and its edges in the room's graph.
///
/// @param version the room's version
/// @param roomId the room; null for a create event whose room id will be its hash
/// @param prevEvents the room's forward extremities
/// @param authEvents the events that allow the new one
/// @param depth one more than the greatest depth of the previous events
/// @param originServerTs milliseconds since the epoch
/// @param referenceHashes in room versions 1 and 2 the [ReferenceHash] of each previous and auth
///   event; not looked at in later ones
public record EventPlace(
        RoomVersion version,
        @Nullable RoomId roomId,
        List<EventId> prevEvents,
        List<EventId> authEvents,
        long depth,
        long originServerTs,
        Map<EventId, byte[]> referenceHashes) {

    /// Takes unmodifiable copies of the collections.
    public EventPlace {
        prevEvents = List.copyOf(prevEvents);
        authEvents = List.copyOf(authEvents);
        referenceHashes = Map.copyOf(referenceHashes);
    }

    /// A place without reference hashes, as all rooms but those of versions 1 and 2 have it.
    public static EventPlace of(
            RoomVersion version,
            @Nullable RoomId roomId,
            List<EventId> prevEvents,
            List<EventId> authEvents,
            long depth,
            long originServerTs) {
        return new EventPlace(
                version, roomId, prevEvents, authEvents, depth, originServerTs, Map.of());
    }
}
