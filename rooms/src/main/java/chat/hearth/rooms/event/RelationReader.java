package chat.hearth.rooms.event;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.event.QueuedAnnotations.Annotation;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads what a new event relates to.
///
/// See [Forming relationships between
/// events](https://spec.matrix.org/v1.19/client-server-api/#forming-relationships-between-events).
final class RelationReader {
    /// A relation type that is longer is not indexed.
    private static final int NAME_BYTES_MAX = 255;

    private static final String RELATES_TO = "m.relates_to";
    private static final String REL_TYPE = "rel_type";
    private static final String ANNOTATION = "m.annotation";
    private static final String THREAD = "m.thread";

    private final Stores stores;

    RelationReader(Stores stores) {
        this.stores = stores;
    }

    /// The relation of a draft to an event of the same room, if it has one that is known here. The
    /// room's lock is held.
    ///
    /// @throws MatrixException 400 `M_DUPLICATE_ANNOTATION` when the sender has annotated the event
    ///   in this way before, 400 `M_UNKNOWN` for a thread that would begin in another relation
    Optional<EventRelation> read(Room room, EventDraft draft) {
        Optional<JsonObject> relatesTo =
                draft.stateKey() == null ? draft.content().object(RELATES_TO) : Optional.empty();
        String relType = relatesTo.flatMap(r -> r.string(REL_TYPE)).orElse("");
        if (relType.isEmpty() || !fits(relType)) {
            return Optional.empty();
        }
        Optional<StoredEvent> found =
                relatesTo
                        .flatMap(r -> r.string("event_id"))
                        .flatMap(EventId::parse)
                        .flatMap(stores.events()::byId)
                        .filter(event -> event.room() == room.number());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        StoredEvent target = found.get();
        String key =
                relType.equals(ANNOTATION)
                        ? relatesTo.flatMap(r -> r.string("key")).orElse(null)
                        : null;
        if (key != null) {
            refuseDuplicate(room, draft, target.position(), key);
        }
        if (!relType.equals(THREAD)) {
            return Optional.of(new EventRelation(target.position(), relType, key, target.thread()));
        }
        refuseThreadIn(target);
        return Optional.of(new EventRelation(target.position(), relType, key, target.position()));
    }

    /// An event that itself has a relation cannot be a thread's root; a plain reply can.
    private static void refuseThreadIn(StoredEvent target) {
        boolean relates =
                JsonReader.readObject(ClientEvent.content(target.clientJson()))
                        .object(RELATES_TO)
                        .flatMap(r -> r.string(REL_TYPE))
                        .isPresent();
        if (relates) {
            throw new MatrixException(
                    ErrCode.M_UNKNOWN,
                    400,
                    "A thread cannot begin at an event that relates to another");
        }
    }

    /// Where the content of a stored event says it relates to, 0 for nowhere.
    long target(JsonObject content) {
        return content.object(RELATES_TO)
                .flatMap(relatesTo -> relatesTo.string("event_id"))
                .flatMap(EventId::parse)
                .map(stores.events()::position)
                .flatMap(
                        position ->
                                position.isPresent()
                                        ? Optional.of(position.getAsLong())
                                        : Optional.empty())
                .orElse(0L);
    }

    /// Annotations are the same when sender, target, type of event and key are. One without a key
    /// is like no other.
    private void refuseDuplicate(Room room, EventDraft draft, long target, String key) {
        var annotation = new Annotation(target, draft.sender(), draft.type(), key);
        OptionalInt sender = stores.identifiers().findUser(draft.sender());
        if (room.annotations.contains(annotation)
                || sender.isPresent()
                        && stores.relations()
                                .find(target, ANNOTATION, sender.getAsInt(), draft.type(), key)
                                .isPresent()) {
            throw new MatrixException(
                    ErrCode.M_DUPLICATE_ANNOTATION, 400, "You have reacted with this before");
        }
    }

    private static boolean fits(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES_MAX;
    }
}
