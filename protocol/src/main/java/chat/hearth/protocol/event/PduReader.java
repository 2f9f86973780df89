package chat.hearth.protocol.event;

import static chat.hearth.protocol.event.RefusedPduException.malformed;
import static chat.hearth.protocol.event.RefusedPduException.tooLarge;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.room.RoomVersionRules;
import chat.hearth.protocol.room.RoomVersionRules.EventIdForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the members that the event format of a room version demands.
final class PduReader {
    private final RoomVersionRules rules;
    private final JsonObject event;

    private PduReader(RoomVersionRules rules, JsonObject event) {
        this.rules = rules;
        this.event = event;
    }

    static PduResult read(RoomVersion version, JsonObject federated) {
        try {
            JsonValue unsigned = federated.value("unsigned");
            if (unsigned != null && !(unsigned instanceof JsonObject)) {
                throw malformed("unsigned must be an object");
            }
            JsonObject event = federated.without("unsigned");
            byte[] bytes = canonicalBytes(version.rules(), event);
            var reader = new PduReader(version.rules(), event);
            reader.checkHashesAndSignatures();
            PduFields fields = reader.fields(reader.eventId());
            return new PduResult.Valid(new Pdu(version, fields, event, bytes));
        } catch (RefusedPduException refused) {
            return refused.result();
        }
    }

    static Pdu readStored(RoomVersion version, EventId eventId, StoredForm stored) {
        try {
            JsonObject event = JsonReader.readObject(stored.join());
            PduFields fields = new PduReader(version.rules(), event).fields(eventId);
            return new Pdu(version, fields, stored);
        } catch (RefusedPduException | JsonException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("The stored parts of " + eventId + " are damaged", e);
        }
    }

    private static byte[] canonicalBytes(RoomVersionRules rules, JsonObject event) {
        if (rules.strictCanonicalJson() && !CanonicalJson.isCanonical(event)) {
            throw malformed("Only integers within ±(2^53-1) are allowed");
        }
        byte[] bytes = CanonicalJson.lenientBytes(event);
        if (bytes.length > EventLimits.EVENT_BYTES_MAX) {
            throw tooLarge("The event is larger than " + EventLimits.EVENT_BYTES_MAX + " bytes");
        }
        return bytes;
    }

    private PduFields fields(EventId eventId) {
        String type = shortText("type", required("type"));
        JsonValue stateKey = event.value("state_key");
        return new PduFields(
                eventId,
                roomId(type, eventId),
                type,
                stateKey == null ? null : shortText("state_key", stateKey),
                id("sender", required("sender"), UserId::parse),
                object("content"),
                integer("origin_server_ts"),
                depth(),
                edges("prev_events", EventLimits.PREV_EVENTS_MAX),
                edges("auth_events", EventLimits.AUTH_EVENTS_MAX));
    }

    private EventId eventId() {
        if (rules.eventIdForm() == EventIdForm.CHOSEN_BY_ORIGIN) {
            EventId chosen = id("event_id", required("event_id"), EventId::parse);
            int colon = chosen.value().indexOf(':');
            if (colon < 0 || !ServerName.isValid(chosen.value().substring(colon + 1))) {
                throw malformed("event_id must name a server");
            }
            return chosen;
        }
        return ReferenceHash.eventId(rules, ReferenceHash.of(rules, event));
    }

    private RoomId roomId(String type, EventId eventId) {
        if (rules.roomIdIsCreateHash() && type.equals(EventTypes.CREATE)) {
            if (event.has("room_id")) {
                throw malformed("A create event of this room version must not have a room_id");
            }
            return new RoomId("!" + eventId.value().substring(1));
        }
        return id("room_id", required("room_id"), RoomId::parse);
    }

    private void checkHashesAndSignatures() {
        if (!(object("hashes").value("sha256") instanceof JsonString)) {
            throw malformed("hashes must have a string sha256");
        }
        for (JsonValue bySigner : object("signatures").members().values()) {
            if (!(bySigner instanceof JsonObject byKey)
                    || !byKey.members().values().stream().allMatch(JsonString.class::isInstance)) {
                throw malformed("signatures must be objects of strings by server");
            }
        }
    }

    private long depth() {
        long depth = integer("depth");
        if (depth < 0) {
            throw malformed("depth must not be negative");
        }
        return depth;
    }

    private long integer(String name) {
        if (required(name) instanceof JsonInteger(long value)) {
            return value;
        }
        throw malformed(name + " must be an integer within ±(2^53-1)");
    }

    private JsonObject object(String name) {
        if (required(name) instanceof JsonObject object) {
            return object;
        }
        throw malformed(name + " must be an object");
    }

    private JsonValue required(String name) {
        JsonValue value = event.value(name);
        if (value == null) {
            throw malformed("The event has no " + name);
        }
        return value;
    }

    private static String shortText(String name, @Nullable JsonValue value) {
        if (!(value instanceof JsonString(String text))) {
            throw malformed(name + " must be a string");
        }
        checkLength(name, text);
        return text;
    }

    /// Refuses a text of more than [EventLimits#FIELD_BYTES_MAX] bytes.
    static void checkLength(String name, String text) {
        // Every UTF-16 unit takes one to three bytes of UTF-8.
        boolean fits = text.length() <= EventLimits.FIELD_BYTES_MAX / 3;
        if (!fits
                && (text.length() > EventLimits.FIELD_BYTES_MAX
                        || text.getBytes(StandardCharsets.UTF_8).length
                                > EventLimits.FIELD_BYTES_MAX)) {
            throw tooLarge(name + " is larger than " + EventLimits.FIELD_BYTES_MAX + " bytes");
        }
    }

    private static <T> T id(String name, JsonValue value, Function<String, Optional<T>> parser) {
        return parser.apply(shortText(name, value))
                .orElseThrow(() -> malformed(name + " is not a valid identifier"));
    }

    private List<EventId> edges(String name, int max) {
        if (!(required(name) instanceof JsonArray edges)) {
            throw malformed(name + " must be an array");
        }
        if (edges.size() > max) {
            throw tooLarge(name + " has more than " + max + " entries");
        }
        var ids = new ArrayList<EventId>(edges.size());
        for (JsonValue edge : edges) {
            ids.add(id(name, edgeId(name, edge), EventId::parse));
        }
        return List.copyOf(ids);
    }

    /// Up to room version 2 an edge is a pair of id and hashes, later an id.
    private JsonValue edgeId(String name, JsonValue edge) {
        if (rules.eventIdForm() != EventIdForm.CHOSEN_BY_ORIGIN) {
            return edge;
        }
        if (!(edge instanceof JsonArray pair)
                || pair.size() != 2
                || !(pair.values().get(1) instanceof JsonObject)) {
            throw malformed(name + " must be pairs of event id and hashes");
        }
        return pair.values().getFirst();
    }
}
