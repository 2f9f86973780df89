package chat.hearth.testkit.dag;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event as a plain value.
///
/// @param eventId its id
/// @param roomId the room
/// @param type the event type
/// @param stateKey the state key of state events
/// @param sender who sent it
/// @param content its content
/// @param originServerTs milliseconds since the epoch
/// @param depth the claimed depth
/// @param prevEvents the events that it follows
/// @param authEvents the events that allow it
public record DagEvent(
        EventId eventId,
        RoomId roomId,
        String type,
        Optional<String> stateKey,
        UserId sender,
        JsonObject content,
        long originServerTs,
        long depth,
        List<EventId> prevEvents,
        List<EventId> authEvents)
        implements Event {
    /// Events are equal when their ids are.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DagEvent event && event.eventId.equals(eventId);
    }

    @Override
    public int hashCode() {
        return eventId.hashCode();
    }
}
