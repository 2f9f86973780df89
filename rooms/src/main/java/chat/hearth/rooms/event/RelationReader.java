package chat.hearth.rooms.event;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.json.JsonObject;
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
    /// A relation type or annotation key that is longer is not indexed.
    private static final int NAME_BYTES_MAX = 255;

    private static final String ANNOTATION = "m.annotation";
    private static final String THREAD = "m.thread";

    private final Stores stores;

    RelationReader(Stores stores) {
        this.stores = stores;
    }

    /// The relation of a draft to an event of the same room, if it has one that is known here.
    ///
    /// @throws MatrixException 400 `M_DUPLICATE_ANNOTATION` when the sender has annotated the event
    ///   in this way before
    Optional<EventRelation> read(int room, EventDraft draft) {
        Optional<JsonObject> relatesTo =
                draft.stateKey() == null
                        ? draft.content().object("m.relates_to")
                        : Optional.empty();
        String relType = relatesTo.flatMap(r -> r.string("rel_type")).orElse("");
        if (relType.isEmpty() || !fits(relType)) {
            return Optional.empty();
        }
        String key = relatesTo.flatMap(r -> r.string("key")).orElse("");
        if (!relType.equals(ANNOTATION) || !fits(key)) {
            key = "";
        }
        Optional<StoredEvent> target =
                relatesTo
                        .flatMap(r -> r.string("event_id"))
                        .flatMap(EventId::parse)
                        .flatMap(stores.events()::byId)
                        .filter(event -> event.room() == room);
        if (target.isEmpty()) {
            return Optional.empty();
        }
        long position = target.get().position();
        if (relType.equals(ANNOTATION)) {
            refuseDuplicate(draft, position, key);
        }
        long thread = relType.equals(THREAD) ? position : target.get().thread();
        return Optional.of(new EventRelation(position, relType, key, thread));
    }

    /// Where the content of a stored event says it relates to, 0 for nowhere.
    long target(JsonObject content) {
        return content.object("m.relates_to")
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

    private void refuseDuplicate(EventDraft draft, long target, String key) {
        OptionalInt sender = stores.identifiers().findUser(draft.sender());
        if (sender.isPresent()
                && stores.relations()
                        .find(target, ANNOTATION, sender.getAsInt(), key)
                        .isPresent()) {
            throw new MatrixException(
                    ErrCode.M_DUPLICATE_ANNOTATION, 400, "You have reacted with this before");
        }
    }

    private static boolean fits(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES_MAX;
    }
}
