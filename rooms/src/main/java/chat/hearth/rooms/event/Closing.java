package chat.hearth.rooms.event;

import chat.hearth.protocol.event.EventDraft;
import java.util.List;

/// What closes a room that another one replaces.
///
/// @param tombstone says which room replaces it
/// @param ifAllowed further events; one that the rules refuse is left out
public record Closing(EventDraft tombstone, List<EventDraft> ifAllowed) {
    /// Takes an unmodifiable copy.
    public Closing {
        ifAllowed = List.copyOf(ifAllowed);
    }
}
