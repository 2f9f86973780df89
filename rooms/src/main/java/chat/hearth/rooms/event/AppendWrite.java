package chat.hearth.rooms.event;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.Pdu;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.event.StoredForm;
import chat.hearth.protocol.id.UserId;
import chat.hearth.rooms.event.Batch.NewEvent;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.rooms.state.SentTransactions;
import chat.hearth.storage.Change;
import chat.hearth.storage.Highlight;
import chat.hearth.storage.Relation;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StoredAnswer;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;
import chat.hearth.storage.Write;
import chat.hearth.storage.WriteTransaction;
import java.util.ArrayList;
import java.util.List;

/// Appends a batch of events to a room: the events, what they change in the room's state and
/// memberships, relations, highlights, and the client's transaction, all or nothing.
final class AppendWrite implements Write<List<Sent>> {
    private final Stores stores;
    private final EventCache cache;
    private final SentTransactions transactions;
    private final Room room;
    private final RoomState before;
    private final Batch batch;
    private final long nowMillis;

    /// @param before the state that the batch was built on
    AppendWrite(
            Stores stores,
            EventCache cache,
            SentTransactions transactions,
            Room room,
            RoomState before,
            Batch batch,
            long nowMillis) {
        this.stores = stores;
        this.cache = cache;
        this.transactions = transactions;
        this.room = room;
        this.before = before;
        this.batch = batch;
        this.nowMillis = nowMillis;
    }

    @Override
    public List<Sent> apply(WriteTransaction tx) {
        var sent = new ArrayList<Sent>(batch.events().size());
        RoomState state = before;
        for (NewEvent event : batch.events()) {
            long position = tx.nextPosition();
            state = append(tx, event, position, state);
            sent.add(new Sent(event.pdu().eventId(), position));
            boolean last = sent.size() == batch.events().size();
            transactions.note(position, last ? batch.transaction() : null);
        }
        if (state.version() != before.version()) {
            stores.rooms().changeCurrentState(tx, room.number(), state.version());
            room.prepare(state, sent.getLast().position());
        }
        if (batch.transaction() != null) {
            stores.transactions()
                    .record(
                            tx,
                            batch.transaction(),
                            new StoredAnswer(sent.getLast().position(), nowMillis));
        }
        return sent;
    }

    private RoomState append(WriteTransaction tx, NewEvent event, long position, RoomState state) {
        Pdu pdu = event.pdu();
        int sender = stores.identifiers().user(tx, pdu.sender());
        int place =
                pdu.stateKey()
                        .map(
                                key ->
                                        stores.identifiers()
                                                .stateKey(tx, new StateKey(pdu.type(), key)))
                        .orElse(0);
        StoredForm form = pdu.storedForm();
        EventRelation relation = event.relation();
        var stored =
                new StoredEvent(
                        position,
                        room.number(),
                        pdu.eventId(),
                        sender,
                        pdu.type(),
                        place,
                        pdu.depth(),
                        EventFlags.with(event.marks().flags(), pdu.content()),
                        event.notifyIndex(),
                        relation == null ? 0 : relation.thread(),
                        state.version(),
                        place == 0 ? 0 : state.events().eventAt(place),
                        form.clientPart(),
                        form.federationRest(),
                        0);
        stores.events().append(tx, stored);
        // Nobody asks for a position before it is announced; should this write fail, the next event
        // at the position takes the place.
        cache.put(stored);
        note(tx, event, position, sender);
        if (GuestDoor.isClosedBy(event, place, state)) {
            stores.guests().close(tx, room.number(), position);
        }
        if (place == 0) {
            tx.announce(new Change(position, Change.Kind.EVENT, room.number(), 0));
            AppliedRedaction redaction = event.redaction();
            return redaction != null && redaction.concerns(state) ? saidAnew(tx, state) : state;
        }
        return changeState(tx, pdu, place, position, sender, state);
    }

    /// The same state as another version: whoever remembers what a version says has to read it
    /// again when something of it was taken away.
    private RoomState saidAnew(WriteTransaction tx, RoomState state) {
        return state.as(
                stores.states().add(tx, room.number(), state.version(), StateEntries.EMPTY));
    }

    private RoomState changeState(
            WriteTransaction tx, Pdu pdu, int place, long position, int sender, RoomState state) {
        long version =
                stores.states()
                        .add(tx, room.number(), state.version(), StateEntries.of(place, position));
        int target = 0;
        if (pdu.type().equals(EventTypes.MEMBER)) {
            target = stores.identifiers().user(tx, new UserId(pdu.stateKey().orElseThrow()));
            Membership membership = Membership.of(pdu.content());
            stores.memberships()
                    .put(
                            tx,
                            new StoredMembership(
                                    room.number(),
                                    target,
                                    membership,
                                    position,
                                    sender,
                                    staysForgotten(target, membership),
                                    null));
        }
        tx.announce(new Change(position, Change.Kind.EVENT, room.number(), target));
        return state.with(room.version().rules(), pdu, place, position, version, target);
    }

    /// A room that its user has forgotten comes back when the user comes nearer to it again, not
    /// when they are banned or the ban is lifted.
    ///
    /// See [Leaving rooms](https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms).
    private boolean staysForgotten(int target, Membership membership) {
        return switch (membership) {
            case JOIN, INVITE, KNOCK -> false;
            case LEAVE, BAN ->
                    stores.memberships()
                            .find(room.number(), target)
                            .filter(StoredMembership::forgotten)
                            .isPresent();
        };
    }

    /// Writes down what the event means besides being there.
    private void note(WriteTransaction tx, NewEvent event, long position, int sender) {
        EventRelation relation = event.relation();
        if (relation != null) {
            stores.relations()
                    .add(
                            tx,
                            new Relation(
                                    relation.target(),
                                    relation.relType(),
                                    relation.key(),
                                    sender,
                                    position),
                            event.pdu().type());
        }
        long thread = relation == null ? 0 : relation.thread();
        for (int user : event.marks().highlighted()) {
            stores.highlights().add(tx, new Highlight(user, room.number(), position, thread));
        }
        AppliedRedaction redaction = event.redaction();
        if (redaction != null) {
            long target = redaction.target().position();
            StoredForm left = redaction.redacted();
            stores.events()
                    .redact(
                            tx,
                            target,
                            position,
                            redaction.flags(),
                            left.clientPart(),
                            left.federationRest());
            cache.forgetWith(target, position);
            if (redaction.relatedTo() != 0) {
                stores.relations().remove(tx, redaction.relatedTo(), target);
            }
        }
    }
}
