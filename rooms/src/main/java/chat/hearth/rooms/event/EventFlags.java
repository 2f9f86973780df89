package chat.hearth.rooms.event;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.EventFacts;
import chat.hearth.storage.StoredEvent;

/// What the flags of an event say of its content.
public final class EventFlags {
    private EventFlags() {}

    /// Whether the content of an event has a `url`.
    public static boolean hasUrl(EventFacts event) {
        return (event.flags() & StoredEvent.CONTAINS_URL) != 0;
    }

    /// `flags` of an event with what its content says.
    static int with(int flags, JsonObject content) {
        return content.string("url").isPresent()
                ? flags | StoredEvent.CONTAINS_URL
                : flags & ~StoredEvent.CONTAINS_URL;
    }
}
