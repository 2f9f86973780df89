package chat.hearth.rooms.event;

import chat.hearth.protocol.auth.AuthRules;
import chat.hearth.protocol.auth.Creation;
import chat.hearth.protocol.auth.JoinRule;
import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.auth.SignatureCheck;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventBuilder;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.Pdu;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.protocol.visibility.HistoryVisibility;
import chat.hearth.rooms.event.Batch.NewEvent;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.Members;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TransactionKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes batches out of drafts: builds the events one upon the other, checks them, and finds out
/// what they relate to, take away, and whom they concern. Safe for use by several threads.
final class Batches {
    private static final Logger LOG = System.getLogger(Batches.class.getName());

    private final Stores stores;
    private final EventCache cache;
    private final EventBuilder builder;
    private final EventMarker marker;
    private final RelationReader relations;
    private final Redactions redactions;
    private final InstantSource clock;
    private final Map<RoomVersion, AuthRules> authRules = new EnumMap<>(RoomVersion.class);

    Batches(
            Stores stores,
            EventCache cache,
            EventBuilder builder,
            SignatureCheck signatures,
            EventMarker marker,
            InstantSource clock) {
        this.stores = stores;
        this.cache = cache;
        this.builder = builder;
        this.marker = marker;
        this.relations = new RelationReader(stores);
        this.redactions = new Redactions(stores);
        this.clock = clock;
        for (RoomVersion version : RoomVersion.values()) {
            authRules.put(version, new AuthRules(version.rules(), signatures));
        }
    }

    /// The next events of a room.
    ///
    /// @throws MatrixException when one of them is malformed, too large, or not allowed
    Batch next(
            Room room,
            Head head,
            RoomState state,
            List<EventDraft> drafts,
            @Nullable TransactionKey transaction) {
        var growing = new Growing(room, head, state);
        drafts.forEach(growing::add);
        return growing.batch(transaction);
    }

    /// The last events of a room that is replaced.
    ///
    /// @throws MatrixException when it may not be closed
    Batch last(Room room, Head head, RoomState state, Closing closing) {
        var growing = new Growing(room, head, state);
        growing.add(closing.tombstone());
        closing.ifAllowed().forEach(growing::addIfAllowed);
        return growing.batch(null);
    }

    /// Those of a room's next events that are allowed, which may be none.
    Batch allowed(Room room, Head head, RoomState state, List<EventDraft> drafts) {
        var growing = new Growing(room, head, state);
        drafts.forEach(growing::addIfAllowed);
        return growing.batch(null);
    }

    /// The first events of a new room.
    ///
    /// @throws MatrixException when one of them is malformed, too large, or not allowed
    Batch first(
            RoomVersion version, @Nullable RoomId room, List<EventDraft> drafts, long nowMillis) {
        var pending = new PendingState(version, null, stores.identifiers(), cache);
        var assembly = assembly(version, pending, Head.EMPTY, room, nowMillis);
        var pdus = new ArrayList<Pdu>(drafts.size());
        drafts.forEach(draft -> pdus.add(assembly.next(draft)));
        RoomState empty = emptyState(version, pdus.getFirst());
        var events = new ArrayList<NewEvent>(pdus.size());
        for (Pdu pdu : pdus) {
            Marks marks = marker.mark(version, pdu, empty).silent();
            events.add(new NewEvent(pdu, 0, marks, null, null));
        }
        return new Batch(events, assembly.head(0), null);
    }

    /// The state before the first event.
    static RoomState emptyState(RoomVersion version, Pdu create) {
        Creation creation = Creation.of(version.rules(), create);
        return new RoomState(
                0,
                StateMap.EMPTY,
                Members.EMPTY,
                creation,
                PowerLevels.of(version.rules(), creation.creators(), null),
                JoinRule.of(null),
                HistoryVisibility.DEFAULT);
    }

    private EventAssembly assembly(
            RoomVersion version,
            PendingState state,
            Head head,
            @Nullable RoomId room,
            long nowMillis) {
        AuthRules rules = authRules.get(version);
        if (rules == null) {
            throw new IllegalStateException("No rules for " + version);
        }
        return new EventAssembly(
                builder, rules, stores.events(), version, state, head, room, nowMillis);
    }

    /// A batch of one room that takes event after event.
    private final class Growing {
        private final Room room;
        private final RoomState state;
        private final EventAssembly assembly;
        private final List<NewEvent> events = new ArrayList<>();
        private long notifyIndex;

        private Growing(Room room, Head head, RoomState state) {
            this.room = room;
            this.state = state;
            var pending = new PendingState(room.version(), state, stores.identifiers(), cache);
            this.assembly = assembly(room.version(), pending, head, room.id(), clock.millis());
            this.notifyIndex = head.notifyIndex();
        }

        private void add(EventDraft draft) {
            EventRelation relation = relations.read(room, draft).orElse(null);
            Pdu event = assembly.next(draft);
            AppliedRedaction redaction =
                    redactions.apply(room, event, state.powerLevels()).orElse(null);
            Marks marks = marker.mark(room.version(), event, state);
            boolean outside = relation == null || relation.thread() == 0;
            notifyIndex += marks.notifies() && outside ? 1 : 0;
            events.add(new NewEvent(event, notifyIndex, marks, relation, redaction));
        }

        private void addIfAllowed(EventDraft draft) {
            try {
                add(draft);
            } catch (MatrixException e) {
                LOG.log(
                        Level.INFO,
                        "An event of type {0} was skipped: {1}",
                        draft.type(),
                        e.text());
            }
        }

        private Batch batch(@Nullable TransactionKey transaction) {
            return new Batch(events, assembly.head(notifyIndex), transaction);
        }
    }
}
