package chat.hearth.rooms.event;

import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.Pdu;
import chat.hearth.protocol.id.EventId;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import java.util.Optional;

/// Works out what a redaction takes away.
///
/// See [Redactions](https://spec.matrix.org/v1.19/client-server-api/#redactions).
final class Redactions {
    private final Stores stores;
    private final RelationReader relations;

    Redactions(Stores stores) {
        this.stores = stores;
        this.relations = new RelationReader(stores);
    }

    /// What a local redaction does, empty for events that are none and for targets that were
    /// redacted before.
    ///
    /// @throws MatrixException 404 when the room has no such event, 403 when the sender may not
    ///   redact it
    Optional<AppliedRedaction> apply(Room room, Pdu event, PowerLevels levels) {
        if (!event.type().equals(EventTypes.REDACTION)) {
            return Optional.empty();
        }
        EventId id =
                event.redacts().orElseThrow(() -> MatrixException.badJson("No event to redact"));
        StoredEvent target =
                stores.events()
                        .byId(id)
                        .filter(found -> found.room() == room.number())
                        .orElseThrow(() -> MatrixException.notFound("No such event in the room"));
        Pdu whole = RoomLoader.pdu(room.version(), target);
        if (whole.type().equals(EventTypes.CREATE) || !mayApply(event, whole, levels)) {
            throw MatrixException.forbidden("You may not redact this event");
        }
        if (target.redactedBy() != 0) {
            return Optional.empty();
        }
        Pdu redacted = whole.redacted();
        return Optional.of(
                new AppliedRedaction(
                        target,
                        redacted.storedForm(),
                        EventFlags.with(target.flags(), redacted.content()),
                        relations.target(whole.content())));
    }

    /// Other servers take any redaction from the server that sent the event; who of its own users
    /// may make it is for this server to say.
    private static boolean mayApply(Pdu event, Pdu target, PowerLevels levels) {
        return event.sender().equals(target.sender())
                || levels.levelOf(event.sender()) >= levels.redact();
    }
}
