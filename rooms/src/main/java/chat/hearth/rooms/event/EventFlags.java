package chat.hearth.rooms.event;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.EventFacts;

/// The bits of `flags` in [chat.hearth.storage.StoredEvent].
public final class EventFlags {
    /// The event is highlighted to somebody; the store knows to whom.
    public static final int HIGHLIGHTS = 1;

    /// The content has a `url` that is a string, as `contains_url` of filters asks.
    private static final int URL = 2;

    private EventFlags() {}

    /// Whether the content of an event has a `url`.
    public static boolean hasUrl(EventFacts event) {
        return (event.flags() & URL) != 0;
    }

    /// `flags` of an event with what its content says.
    static int with(int flags, JsonObject content) {
        return content.string("url").isPresent() ? flags | URL : flags & ~URL;
    }
}
