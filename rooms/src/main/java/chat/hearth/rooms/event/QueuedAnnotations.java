package chat.hearth.rooms.event;

import chat.hearth.protocol.id.UserId;
import chat.hearth.rooms.event.Batch.NewEvent;
import chat.hearth.storage.WriteTicket;
import java.util.HashMap;
import java.util.Map;

/// The annotations of one room that are queued and that the store does not know yet: of two equal
/// ones that come at once, the second is refused all the same. At most as many as the journal's
/// queue takes. Guarded by the room's lock.
final class QueuedAnnotations {
    private final Map<Annotation, WriteTicket<?>> queued = new HashMap<>();

    /// What makes annotations the same.
    ///
    /// @param target position of the event that is annotated
    /// @param sender who annotates it
    /// @param type the type of the annotating event
    /// @param key the annotation's key
    record Annotation(long target, UserId sender, String type, String key) {}

    /// Whether an equal annotation is queued. If not, the store knows of every one there is: ask it
    /// afterwards.
    boolean contains(Annotation annotation) {
        WriteTicket<?> ticket = queued.get(annotation);
        return ticket != null && !ticket.isDone();
    }

    /// Adds the annotations of a batch that was queued.
    void add(Batch batch, WriteTicket<?> ticket) {
        for (NewEvent event : batch.events()) {
            EventRelation relation = event.relation();
            String key = relation == null ? null : relation.key();
            if (relation != null && key != null) {
                queued.values().removeIf(WriteTicket::isDone);
                queued.put(
                        new Annotation(
                                relation.target(), event.pdu().sender(), event.pdu().type(), key),
                        ticket);
            }
        }
    }
}
