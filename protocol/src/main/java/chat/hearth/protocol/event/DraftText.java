package chat.hearth.protocol.event;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.protocol.room.RoomVersionRules;
import chat.hearth.protocol.room.RoomVersionRules.EventIdForm;
import chat.hearth.protocol.sign.UnpaddedBase64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The canonical texts of a new event, written directly: an event of our own has no members but
/// those known here, so their order is known, too. The content alone is a tree, and it is written
/// once.
final class DraftText {
    private static final byte[] NO_CONTENT = {'{', '}'};

    private final EventDraft draft;
    private final EventPlace place;
    private final byte[] content;
    private final @Nullable EventId chosenId;
    private final byte[] authEvents;
    private final byte[] prevEvents;
    private final String contentHash;

    /// @param content the draft's content in canonical JSON
    /// @param chosenId the event's id, where it is not a hash
    DraftText(EventDraft draft, EventPlace place, byte[] content, @Nullable EventId chosenId) {
        this.draft = draft;
        this.place = place;
        this.content = content;
        this.chosenId = chosenId;
        this.authEvents = edges(place.authEvents());
        this.prevEvents = edges(place.prevEvents());
        this.contentHash = UnpaddedBase64.encode(Sha256.of(event(content, null, draft.redacts())));
    }

    /// Whether the event makes the room that is named by its hash.
    static boolean makesRoomId(EventDraft draft, EventPlace place) {
        return place.version().rules().roomIdIsCreateHash()
                && draft.type().equals(EventTypes.CREATE);
    }

    /// The event as its reference hash is made over it.
    byte[] redacted(RoomVersionRules rules) {
        JsonObject kept = Redaction.content(rules, draft.type(), draft.content());
        byte[] keptContent =
                kept.isEmpty()
                        ? NO_CONTENT
                        : kept.equals(draft.content()) ? content : CanonicalJson.lenientBytes(kept);
        return event(keptContent, contentHash, null);
    }

    /// The event split for storing.
    StoredForm storedForm() {
        if (draft.type().equals(EventTypes.REDACTION)) {
            byte[] whole = event(content, contentHash, draft.redacts());
            return StoredForm.split(place.version().rules(), JsonReader.readObject(whole));
        }
        var client = new JsonWriter(content.length + 256);
        client.ascii("{\"content\":").raw(content);
        timestamp(client);
        senderToType(client);
        return new StoredForm(client.ascii('}').toBytes(), federationRest());
    }

    private byte[] federationRest() {
        var rest = new JsonWriter(authEvents.length + prevEvents.length + 256);
        rest.ascii("{\"auth_events\":").raw(authEvents);
        depthToHashes(rest, contentHash);
        rest.ascii(",\"prev_events\":").raw(prevEvents);
        redacts(rest, draft.redacts());
        roomId(rest);
        return rest.ascii('}').toBytes();
    }

    private byte[] event(byte[] ofContent, @Nullable String hash, @Nullable EventId redacts) {
        var out = new JsonWriter(ofContent.length + authEvents.length + prevEvents.length + 512);
        out.ascii("{\"auth_events\":").raw(authEvents);
        out.ascii(",\"content\":").raw(ofContent);
        depthToHashes(out, hash);
        timestamp(out);
        out.ascii(",\"prev_events\":").raw(prevEvents);
        redacts(out, redacts);
        roomId(out);
        senderToType(out);
        return out.ascii('}').toBytes();
    }

    private void depthToHashes(JsonWriter out, @Nullable String hash) {
        out.ascii(",\"depth\":").number(place.depth());
        if (chosenId != null) {
            out.ascii(",\"event_id\":").string(chosenId.value());
        }
        if (hash != null) {
            out.ascii(",\"hashes\":{\"sha256\":\"").ascii(hash).ascii("\"}");
        }
    }

    private void timestamp(JsonWriter out) {
        out.ascii(",\"origin_server_ts\":").number(place.originServerTs());
    }

    private static void redacts(JsonWriter out, @Nullable EventId redacts) {
        if (redacts != null) {
            out.ascii(",\"redacts\":").string(redacts.value());
        }
    }

    private void roomId(JsonWriter out) {
        RoomId roomId = place.roomId();
        if (roomId != null) {
            out.ascii(",\"room_id\":").string(roomId.value());
        }
    }

    private void senderToType(JsonWriter out) {
        out.ascii(",\"sender\":").string(draft.sender().value());
        String stateKey = draft.stateKey();
        if (stateKey != null) {
            out.ascii(",\"state_key\":").string(stateKey);
        }
        out.ascii(",\"type\":").string(draft.type());
    }

    private byte[] edges(List<EventId> ids) {
        boolean pairs = place.version().rules().eventIdForm() == EventIdForm.CHOSEN_BY_ORIGIN;
        var out = new JsonWriter(ids.size() * (pairs ? 128 : 48) + 16);
        char separator = '[';
        for (EventId id : ids) {
            out.ascii(separator);
            if (pairs) {
                out.ascii('[').string(id.value()).ascii(",{\"sha256\":\"");
                out.ascii(UnpaddedBase64.encode(referenceHash(id))).ascii("\"}]");
            } else {
                out.string(id.value());
            }
            separator = ',';
        }
        return (ids.isEmpty() ? out.ascii("[]") : out.ascii(']')).toBytes();
    }

    private byte[] referenceHash(EventId id) {
        byte[] hash = place.referenceHashes().get(id);
        if (hash == null) {
            throw new IllegalArgumentException("The place has no reference hash of an edge");
        }
        return hash;
    }
}
