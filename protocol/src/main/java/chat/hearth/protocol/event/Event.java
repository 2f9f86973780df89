package chat.hearth.protocol.event;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// What the rules of a room look at in an event. Implementations are immutable and may be shared
/// between threads.
///
/// See [PDUs](https://spec.matrix.org/v1.19/server-server-api/#pdus).
public interface Event {
    /// The event's id.
    EventId eventId();

    /// The room that the event states; for a create event of room version 12 and later, which must
    /// not state one, the room that it makes.
    RoomId roomId();

    /// The event type.
    String type();

    /// The state key; present, maybe empty, for state events only.
    Optional<String> stateKey();

    /// Who sent the event.
    UserId sender();

    /// The content, which may have been redacted.
    JsonObject content();

    /// Milliseconds since the epoch, as the origin claims.
    long originServerTs();

    /// One more than the greatest depth among the previous events, as the origin claims.
    long depth();

    /// The events that this one directly follows.
    List<EventId> prevEvents();

    /// The events that allow this one.
    List<EventId> authEvents();

    /// The event that this redaction is about, from the content as room version 11 and later have
    /// it. Implementations that hold events of older versions answer with the `redacts` beside the
    /// content.
    default Optional<EventId> redacts() {
        return content().string("redacts").flatMap(EventId::parse);
    }

    /// Whether this is a state event with the type and state key.
    default boolean isState(String type, String stateKey) {
        return type().equals(type) && stateKey().filter(stateKey::equals).isPresent();
    }
}
