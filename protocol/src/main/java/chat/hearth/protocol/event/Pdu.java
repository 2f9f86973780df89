package chat.hearth.protocol.event;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A well-formed event of a known room version, in federation format without `unsigned`. That it is
/// well-formed says nothing about its hashes, its signatures or whether it is allowed.
///
/// Immutable and safe to share between threads. The tree, the canonical bytes and the stored form
/// are each made from another when first asked for, and kept.
///
/// See [PDUs](https://spec.matrix.org/v1.19/server-server-api/#pdus).
public final class Pdu implements Event {
    private final RoomVersion version;
    private final PduFields fields;
    private volatile @Nullable JsonObject json;
    private volatile byte @Nullable [] canonicalBytes;
    private volatile @Nullable StoredForm storedForm;

    /// An event of which the tree, the bytes or both are known.
    Pdu(
            RoomVersion version,
            PduFields fields,
            @Nullable JsonObject json,
            byte @Nullable [] canonicalBytes) {
        this.version = version;
        this.fields = fields;
        this.json = json;
        this.canonicalBytes = canonicalBytes;
    }

    /// An event of which the stored form is known.
    Pdu(RoomVersion version, PduFields fields, StoredForm storedForm) {
        this.version = version;
        this.fields = fields;
        this.storedForm = storedForm;
    }

    /// Reads an event as another server sends it. An `unsigned` member is left out, since its
    /// origin may say anything in it. Never throws, whatever `federated` holds.
    ///
    /// Every member that the room version's event format names must be there and have its type, and
    /// nothing may be larger than [EventLimits] says.
    public static PduResult parse(RoomVersion version, JsonObject federated) {
        return PduReader.read(version, federated);
    }

    /// Reads back an event that passed [#parse(RoomVersion, JsonObject)] or was built here.
    ///
    /// @param eventId the event's id, which is not computed again
    /// @throws IllegalStateException when the parts are not those of an event
    public static Pdu ofStored(RoomVersion version, EventId eventId, StoredForm storedForm) {
        return PduReader.readStored(version, eventId, storedForm);
    }

    /// The version of the room that the event belongs to.
    public RoomVersion version() {
        return version;
    }

    @Override
    public EventId eventId() {
        return fields.eventId();
    }

    @Override
    public RoomId roomId() {
        return fields.roomId();
    }

    @Override
    public String type() {
        return fields.type();
    }

    @Override
    public Optional<String> stateKey() {
        return Optional.ofNullable(fields.stateKey());
    }

    @Override
    public UserId sender() {
        return fields.sender();
    }

    @Override
    public JsonObject content() {
        return fields.content();
    }

    @Override
    public long originServerTs() {
        return fields.originServerTs();
    }

    @Override
    public long depth() {
        return fields.depth();
    }

    @Override
    public List<EventId> prevEvents() {
        return fields.prevEvents();
    }

    @Override
    public List<EventId> authEvents() {
        return fields.authEvents();
    }

    /// The event in federation format, without `unsigned`.
    public JsonObject json() {
        JsonObject known = json;
        if (known == null) {
            known = JsonReader.readObject(canonicalBytes());
            json = known;
        }
        return known;
    }

    /// The canonical JSON of the event in federation format, without `unsigned`. Not a copy: it
    /// must not be changed.
    public byte[] canonicalBytes() {
        byte[] known = canonicalBytes;
        if (known == null) {
            StoredForm stored = storedForm;
            known = stored == null ? CanonicalJson.lenientBytes(json()) : stored.join();
            canonicalBytes = known;
        }
        return known;
    }

    /// The event split for storing.
    public StoredForm storedForm() {
        StoredForm known = storedForm;
        if (known == null) {
            known = StoredForm.split(version.rules(), json());
            storedForm = known;
        }
        return known;
    }

    /// The members of `signatures`: by server, by key id. Empty for a local event that has not been
    /// signed yet.
    public JsonObject signatures() {
        return json().object("signatures").orElse(JsonObject.EMPTY);
    }

    /// The same event with other signatures; they are not part of its id.
    public Pdu withSignatures(JsonObject signatures) {
        return new Pdu(version, fields, json().with("signatures", signatures), null);
    }

    /// Whether the event's content hash is its own; if not, the event must be taken as redacted.
    public boolean hasOwnContentHash() {
        return ContentHash.matches(json());
    }

    /// The same event, redacted. It keeps its id, hashes and signatures.
    public Pdu redacted() {
        JsonObject redacted = Redaction.redact(version.rules(), json());
        var redactedFields =
                new PduFields(
                        fields.eventId(),
                        fields.roomId(),
                        fields.type(),
                        fields.stateKey(),
                        fields.sender(),
                        redacted.object("content").orElse(JsonObject.EMPTY),
                        fields.originServerTs(),
                        fields.depth(),
                        fields.prevEvents(),
                        fields.authEvents());
        return new Pdu(version, redactedFields, redacted, null);
    }

    /// The event that this event redacts, if it is a redaction and names one: in `content.redacts`
    /// since room version 11, in a top-level `redacts` before.
    @Override
    public Optional<EventId> redacts() {
        if (!fields.type().equals(EventTypes.REDACTION)) {
            return Optional.empty();
        }
        JsonObject holder = version.rules().modernRedaction() ? fields.content() : json();
        return holder.string("redacts").flatMap(EventId::parse);
    }

    /// The event's id; never its content, which must not get into logs.
    @Override
    public String toString() {
        return fields.eventId().value();
    }
}
