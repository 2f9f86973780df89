package chat.hearth.protocol.event;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What a local user wants to send, before it has a place in a room.
///
/// @param type the event type
/// @param stateKey the state key; null for events that are not state
/// @param sender the user
/// @param content the content
/// @param redacts the event to redact; null for events that are not redactions. It is put where the
///   room version wants it.
public record EventDraft(
        String type,
        @Nullable String stateKey,
        UserId sender,
        JsonObject content,
        @Nullable EventId redacts) {

    /// Refuses a target for what is not a redaction.
    public EventDraft {
        if (redacts != null && !type.equals(EventTypes.REDACTION)) {
            throw new IllegalArgumentException("Only redactions redact");
        }
    }

    /// An event that is not state.
    public static EventDraft message(UserId sender, String type, JsonObject content) {
        return new EventDraft(type, null, sender, content, null);
    }

    /// A state event.
    public static EventDraft state(
            UserId sender, String type, String stateKey, JsonObject content) {
        return new EventDraft(type, stateKey, sender, content, null);
    }

    /// A redaction.
    public static EventDraft redaction(UserId sender, EventId redacts, JsonObject content) {
        return new EventDraft(EventTypes.REDACTION, null, sender, content, redacts);
    }
}
