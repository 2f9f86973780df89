package chat.hearth.rooms.event;

import chat.hearth.protocol.auth.AuthEventSelection;
import chat.hearth.protocol.auth.AuthResult;
import chat.hearth.protocol.auth.AuthRules;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventBuilder;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventPlace;
import chat.hearth.protocol.event.Pdu;
import chat.hearth.protocol.event.ReferenceHash;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.room.RoomVersionRules.EventIdForm;
import chat.hearth.storage.EventStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes events out of drafts, one upon the other, each checked against the state before it. For
/// one batch and one thread.
final class EventAssembly {
    private final EventBuilder builder;
    private final AuthRules authRules;
    private final EventStore store;
    private final RoomVersion version;
    private final PendingState state;
    private final long nowMillis;
    private final Map<EventId, byte[]> knownHashes = new HashMap<>();
    private @Nullable RoomId room;
    private List<EventId> extremities;
    private long depth;

    EventAssembly(
            EventBuilder builder,
            AuthRules authRules,
            EventStore store,
            RoomVersion version,
            PendingState state,
            Head head,
            @Nullable RoomId room,
            long nowMillis) {
        this.builder = builder;
        this.authRules = authRules;
        this.store = store;
        this.version = version;
        this.state = state;
        this.extremities = head.extremities();
        this.depth = head.depth();
        this.room = room;
        this.nowMillis = nowMillis;
    }

    /// The next event.
    ///
    /// @throws MatrixException when there can be no such event, or 403 when the rules refuse it
    Pdu next(EventDraft draft) {
        List<EventId> authEvents = authEvents(draft);
        var place =
                new EventPlace(
                        version,
                        room,
                        extremities,
                        authEvents,
                        depth + 1,
                        nowMillis,
                        referenceHashes(authEvents));
        Pdu event = builder.build(draft, place).orThrow();
        if (authRules.check(event, state) instanceof AuthResult.Rejected rejected) {
            throw MatrixException.forbidden(rejected.detail());
        }
        if (event.stateKey().isPresent()) {
            state.add(event);
        }
        room = event.roomId();
        extremities = List.of(event.eventId());
        depth++;
        if (namesHashes()) {
            knownHashes.put(event.eventId(), ReferenceHash.of(version.rules(), event.json()));
        }
        return event;
    }

    /// The head after the last event.
    Head head(long notifyIndex) {
        return new Head(extremities, depth, notifyIndex);
    }

    private List<EventId> authEvents(EventDraft draft) {
        List<StateKey> places =
                AuthEventSelection.of(
                        version.rules(),
                        draft.type(),
                        draft.sender(),
                        draft.stateKey(),
                        draft.content());
        var ids = new ArrayList<EventId>(places.size());
        for (StateKey place : places) {
            state.idAt(place).ifPresent(ids::add);
        }
        return ids;
    }

    private boolean namesHashes() {
        return version.rules().eventIdForm() == EventIdForm.CHOSEN_BY_ORIGIN;
    }

    /// In the room versions whose events do not carry their hash in their id, edges name it beside.
    private Map<EventId, byte[]> referenceHashes(List<EventId> authEvents) {
        if (!namesHashes()) {
            return Map.of();
        }
        var wanted = new ArrayList<>(extremities);
        wanted.addAll(authEvents);
        var missing = wanted.stream().filter(id -> !knownHashes.containsKey(id)).toList();
        store.byIds(missing)
                .forEach(
                        stored -> {
                            Pdu pdu = RoomLoader.pdu(version, stored);
                            byte[] hash = ReferenceHash.of(version.rules(), pdu.json());
                            knownHashes.put(stored.eventId(), hash);
                        });
        Map<EventId, byte[]> hashes = new HashMap<>();
        for (EventId id : wanted) {
            byte[] hash = knownHashes.get(id);
            if (hash == null) {
                throw new IllegalStateException("An edge to an unknown event");
            }
            hashes.put(id, hash);
        }
        return hashes;
    }
}
