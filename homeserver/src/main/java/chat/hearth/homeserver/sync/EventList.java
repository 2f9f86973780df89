package chat.hearth.homeserver.sync;

import chat.hearth.protocol.filter.EventFields;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.history.EventRenderer;
import chat.hearth.rooms.history.EventRenderer.Viewer;
import chat.hearth.storage.StoredEvent;
import java.util.List;

/// Writes lists of events as a filter wants them.
final class EventList {
    private final EventRenderer renderer;

    EventList(EventRenderer renderer) {
        this.renderer = renderer;
    }

    /// Writes events of a timeline, without the brackets.
    void timeline(JsonWriter out, List<StoredEvent> events, EventFields fields, Viewer viewer) {
        if (fields.includesAll()) {
            renderer.writeAll(out, events, viewer);
            return;
        }
        var whole = new JsonWriter();
        renderer.writeAll(whole.ascii('['), events, viewer);
        trimmed(out, whole, fields);
    }

    /// Writes events of a state section, without the brackets.
    void state(JsonWriter out, List<StoredEvent> events, EventFields fields, Viewer viewer) {
        if (fields.includesAll()) {
            renderer.writeState(out, events, viewer);
            return;
        }
        var whole = new JsonWriter();
        renderer.writeState(whole.ascii('['), events, viewer);
        trimmed(out, whole, fields);
    }

    /// Few clients ask for single fields, so these events are read again.
    private static void trimmed(JsonWriter out, JsonWriter whole, EventFields fields) {
        byte[] list = whole.ascii(']').toBytes();
        var events = (JsonArray) JsonReader.read(list);
        boolean first = true;
        for (JsonValue event : events) {
            if (!first) {
                out.ascii(',');
            }
            first = false;
            out.value(fields.trim((JsonObject) event));
        }
    }
}
