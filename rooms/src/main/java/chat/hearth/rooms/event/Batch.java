package chat.hearth.rooms.event;

import chat.hearth.protocol.event.Pdu;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.storage.TransactionKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events that were built and allowed, in the order in which they follow each other, to be appended
/// in one transaction.
///
/// @param events the events
/// @param after the room's head once they are there
/// @param transaction the client's transaction that the last of them answers, if any
record Batch(List<NewEvent> events, Head after, @Nullable TransactionKey transaction) {

    /// An event to append.
    ///
    /// @param pdu the event
    /// @param notifyIndex how many events outside of threads up to this one count as unread to a
    ///   plain member
    /// @param marks whom it concerns
    /// @param relation what it relates to, if anything
    /// @param redaction what it takes away, if anything
    record NewEvent(
            Pdu pdu,
            long notifyIndex,
            Marks marks,
            @Nullable EventRelation relation,
            @Nullable AppliedRedaction redaction) {}

    /// The room of the events.
    RoomId room() {
        return events.getFirst().pdu().roomId();
    }

    /// Whether the room's state must not be built on before this is durable.
    boolean changesState() {
        return events.stream().anyMatch(event -> event.pdu.stateKey().isPresent())
                || redactsState();
    }

    /// Whether a state event loses its content, so that the state must be read anew.
    boolean redactsState() {
        return events.stream()
                .anyMatch(event -> event.redaction != null && event.redaction.target().isState());
    }
}
