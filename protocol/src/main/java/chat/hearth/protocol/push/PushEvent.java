package chat.hearth.protocol.push;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.glob.GlobText;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.json.PropertyPath;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event as push rules look at it. It keeps what was worked out for one rule for the next, so it
/// is made once per event, used for all classes, and not shared between threads.
///
/// Rules see `type`, `state_key`, `sender`, `room_id`, `event_id` and what is below `content`.
public final class PushEvent {
    private final JsonObject envelope;
    private final String sender;
    private final Map<PropertyPath, GlobText> folded = new HashMap<>();

    private PushEvent(JsonObject envelope, String sender) {
        this.envelope = envelope;
        this.sender = sender;
    }

    /// The view of `event`.
    public static PushEvent of(Event event) {
        var envelope =
                JsonObject.builder()
                        .put("type", event.type())
                        .putIfPresent("state_key", event.stateKey().orElse(null))
                        .put("sender", event.sender().value())
                        .put("room_id", event.roomId().value())
                        .put("event_id", event.eventId().value())
                        .put("content", event.content());
        return new PushEvent(envelope.build(), event.sender().value());
    }

    String sender() {
        return sender;
    }

    Optional<JsonValue> at(PropertyPath path) {
        return path.in(envelope);
    }

    @Nullable String stringAt(PropertyPath path) {
        return at(path).orElse(null) instanceof JsonString text ? text.value() : null;
    }

    /// The string at `path` made ready for globs that ignore case, or null when there is none.
    @Nullable GlobText foldedAt(PropertyPath path) {
        return folded.computeIfAbsent(
                path,
                _ -> {
                    String text = stringAt(path);
                    return text == null ? null : GlobText.folded(text);
                });
    }
}
