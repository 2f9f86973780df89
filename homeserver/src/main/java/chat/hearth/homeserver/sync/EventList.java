package chat.hearth.homeserver.sync;

import chat.hearth.protocol.event.StoredForm;
import chat.hearth.protocol.filter.EventFormat;
import chat.hearth.protocol.filter.Filter;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
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
    void timeline(JsonWriter out, List<StoredEvent> events, Filter filter, Viewer viewer) {
        if (isServedAsStored(filter)) {
            renderer.writeAll(out, events, viewer);
            return;
        }
        var whole = new JsonWriter();
        renderer.writeAll(whole.ascii('['), events, viewer);
        write(out, events, read(whole), filter, viewer);
    }

    /// Writes events of a state section, without the brackets.
    void state(JsonWriter out, List<StoredEvent> events, Filter filter, Viewer viewer) {
        if (isServedAsStored(filter)) {
            renderer.writeState(out, events, viewer);
            return;
        }
        var whole = new JsonWriter();
        renderer.writeState(whole.ascii('['), events, viewer);
        write(out, events, read(whole), filter, viewer);
    }

    private static boolean isServedAsStored(Filter filter) {
        return filter.eventFields().includesAll()
                && switch (filter.eventFormat()) {
                    case CLIENT -> true;
                    case FEDERATION -> false;
                };
    }

    /// Few clients ask for single fields or for another format, so these events are read again.
    private static JsonArray read(JsonWriter list) {
        return (JsonArray) JsonReader.read(list.ascii(']').toBytes());
    }

    private static void write(
            JsonWriter out,
            List<StoredEvent> events,
            JsonArray rendered,
            Filter filter,
            Viewer viewer) {
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                out.ascii(',');
            }
            var event = (JsonObject) rendered.values().get(i);
            StoredEvent stored = viewer.sight().shown(events.get(i));
            JsonObject formed = inFormat(filter.eventFormat(), stored, event);
            out.value(filter.eventFields().trim(formed));
        }
    }

    private static JsonObject inFormat(EventFormat format, StoredEvent event, JsonObject rendered) {
        return switch (format) {
            case CLIENT -> rendered;
            case FEDERATION -> federated(event, rendered);
        };
    }

    /// The event as servers send it, and besides what every client needs that shall recognise it:
    /// its id, which newer room versions do not write into it, and `unsigned`.
    private static JsonObject federated(StoredEvent event, JsonObject rendered) {
        byte[] pdu = new StoredForm(event.clientJson(), event.federationJson()).join();
        return JsonReader.readObject(pdu)
                .with("event_id", new JsonString(event.eventId().value()))
                .with("unsigned", rendered.object("unsigned").orElse(JsonObject.EMPTY));
    }
}
