package chat.hearth.protocol.auth;

import chat.hearth.protocol.event.UnplacedEvent;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// An event that is only what the rules look at.
record TestEvent(
        EventId eventId,
        RoomId roomId,
        String type,
        Optional<String> stateKey,
        UserId sender,
        JsonObject content,
        List<EventId> prevEvents,
        Optional<EventId> redacts)
        implements UnplacedEvent {
    TestEvent withContent(JsonObject other) {
        return new TestEvent(eventId, roomId, type, stateKey, sender, other, prevEvents, redacts);
    }

    TestEvent after(List<EventId> previous) {
        return new TestEvent(eventId, roomId, type, stateKey, sender, content, previous, redacts);
    }

    TestEvent in(RoomId room) {
        return new TestEvent(eventId, room, type, stateKey, sender, content, prevEvents, redacts);
    }

    TestEvent withId(EventId id) {
        return new TestEvent(id, roomId, type, stateKey, sender, content, prevEvents, redacts);
    }

    TestEvent redacting(EventId target) {
        return new TestEvent(
                eventId, roomId, type, stateKey, sender, content, prevEvents, Optional.of(target));
    }
}
