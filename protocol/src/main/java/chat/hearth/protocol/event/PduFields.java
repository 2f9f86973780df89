package chat.hearth.protocol.event;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every event has, read once.
record PduFields(
        EventId eventId,
        RoomId roomId,
        String type,
        @Nullable String stateKey,
        UserId sender,
        JsonObject content,
        long originServerTs,
        long depth,
        List<EventId> prevEvents,
        List<EventId> authEvents) {}
