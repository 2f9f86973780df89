package chat.hearth.rooms.event;

import chat.hearth.protocol.auth.SignatureCheck;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventBuilder;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.rooms.state.SentTransactions;
import chat.hearth.storage.Journal;
import chat.hearth.storage.StaleHeadException;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StoredAnswer;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TransactionKey;
import chat.hearth.storage.Write;
import chat.hearth.storage.WriteTicket;
import chat.hearth.storage.WriteTransaction;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The one way in for room events. Builds them on the room's head, checks them against its state,
/// appends them durably, and answers only then. Safe for use by several threads; blocks until the
/// disk has what was asked.
public final class EventPipeline {
    /// A send that fails because an earlier write of its room failed is tried again this often.
    private static final int ATTEMPTS_MAX = 3;

    private final Stores stores;
    private final Journal journal;
    private final Rooms rooms;
    private final EventCache cache;
    private final SentTransactions transactions;
    private final Batches batches;
    private final InstantSource clock;
    private final AnsweredSends answered = new AnsweredSends();

    /// When the latest room was made, in milliseconds since the epoch.
    private final AtomicLong lastCreation = new AtomicLong();

    /// A pipeline over one database.
    public EventPipeline(
            Stores stores,
            Journal journal,
            Rooms rooms,
            EventCache cache,
            SentTransactions transactions,
            EventBuilder builder,
            SignatureCheck signatures,
            EventMarker marker,
            InstantSource clock) {
        this.stores = stores;
        this.journal = journal;
        this.rooms = rooms;
        this.cache = cache;
        this.transactions = transactions;
        this.batches = new Batches(stores, cache, builder, signatures, marker, clock);
        this.clock = clock;
    }

    /// What a transaction was answered with before, if it was.
    public Optional<Sent> answered(TransactionKey transaction) {
        return answered.find(transaction);
    }

    /// Sends one event. A state event that changes nothing is not sent again: the answer is the one
    /// that is there.
    ///
    /// @param transaction the client's transaction, null for none; a transaction that was answered
    ///   before gets the same answer
    /// @throws MatrixException when the event is malformed, too large, or not allowed
    public Sent send(RoomId room, EventDraft draft, @Nullable TransactionKey transaction) {
        if (transaction == null) {
            return trying(room, active -> submit(active, List.of(draft), null)).getLast();
        }
        return answered.once(transaction, () -> sendOnce(room, draft, transaction));
    }

    /// Sends several events that follow each other, all or none.
    ///
    /// @throws MatrixException when one of them is malformed, too large, or not allowed
    public List<Sent> sendAll(RoomId room, List<EventDraft> drafts) {
        return trying(room, active -> submit(active, drafts, null));
    }

    /// Sends one state event, unless the room's state has become another one than the sender
    /// thinks: the condition is asked when nobody else can change it.
    ///
    /// @return empty when `condition` does not hold
    /// @throws MatrixException when the event is malformed, too large, or not allowed
    public Optional<Sent> sendIf(RoomId room, EventDraft draft, Predicate<RoomState> condition) {
        return trying(room, active -> submitIf(active, draft, condition)).stream().findFirst();
    }

    /// Sends one state event and writes more in the same transaction, unless the room's state has
    /// become another one than the sender thinks.
    ///
    /// @param also written with the event; when it throws, neither is stored
    /// @return empty when `condition` does not hold
    /// @throws MatrixException when the event is malformed, too large, or not allowed
    public Optional<Sent> sendIf(
            RoomId room, EventDraft draft, Predicate<RoomState> condition, AlsoWritten also) {
        Next next =
                (active, head, state) -> batches.next(active, head, state, List.of(draft), null);
        return trying(room, active -> submitIf(active, condition, next, also)).stream().findFirst();
    }

    /// Sends those of several state events that are allowed, in one write, unless the room's state
    /// has become another one than the sender thinks.
    ///
    /// @return what was sent; nothing when `condition` does not hold
    public List<Sent> sendAllowed(
            RoomId room, List<EventDraft> drafts, Predicate<RoomState> condition) {
        return sendAllowed(room, drafts, condition, (_, _) -> {});
    }

    /// Sends those of several state events that are allowed, and writes more in the same
    /// transaction.
    ///
    /// @param also written with the events; not written when there is none
    /// @return what was sent; nothing when `condition` does not hold
    public List<Sent> sendAllowed(
            RoomId room,
            List<EventDraft> drafts,
            Predicate<RoomState> condition,
            AlsoWritten also) {
        Next next = (active, head, state) -> batches.allowed(active, head, state, drafts);
        return trying(room, active -> submitIf(active, condition, next, also));
    }

    /// Makes a room's next events, which may be none.
    @FunctionalInterface
    private interface Next {
        Batch after(Room room, Head head, RoomState state);
    }

    private List<Sent> submitIf(
            Room room, Predicate<RoomState> condition, Next next, AlsoWritten also) {
        room.lock.lock();
        try {
            Head head = room.head();
            RoomState state = room.state();
            if (!condition.test(state)) {
                return List.of();
            }
            Batch batch = next.after(room, head, state);
            if (batch.events().isEmpty()) {
                return List.of();
            }
            AppendWrite write = append(room, state, batch, clock.millis());
            WriteTicket<List<Sent>> ticket =
                    journal.enqueue(
                            tx -> {
                                also.write(tx, room.number());
                                return write.apply(tx);
                            },
                            room);
            room.moveTo(batch.after());
            return ticket.await();
        } finally {
            room.lock.unlock();
        }
    }

    private List<Sent> submitIf(Room room, EventDraft draft, Predicate<RoomState> condition) {
        room.lock.lock();
        try {
            room.check();
            return condition.test(room.state()) ? submit(room, List.of(draft), null) : List.of();
        } finally {
            room.lock.unlock();
        }
    }

    /// An answer that no memory remembers is found by the store's own uniqueness: then the append
    /// fails, and the answer given before holds. It also holds when the event would be refused by
    /// now, as when its sender has left since.
    private Sent sendOnce(RoomId room, EventDraft draft, TransactionKey transaction) {
        try {
            return trying(room, active -> submit(active, List.of(draft), transaction)).getLast();
        } catch (StorageException | MatrixException e) {
            return stores.transactions()
                    .find(transaction)
                    .map(StoredAnswer::position)
                    .map(cache::require)
                    .map(event -> new Sent(event.eventId(), event.position()))
                    .orElseThrow(() -> e);
        }
    }

    private <R> R trying(RoomId id, Function<Room, R> attempt) {
        for (int i = 1; ; i++) {
            try {
                return attempt.apply(rooms.require(id));
            } catch (StaleHeadException e) {
                if (i == ATTEMPTS_MAX) {
                    throw new MatrixException(
                            ErrCode.M_UNKNOWN, 503, "The room could not be written, try again");
                }
            }
        }
    }

    private List<Sent> submit(
            Room room, List<EventDraft> drafts, @Nullable TransactionKey transaction) {
        WriteTicket<List<Sent>> ticket;
        room.lock.lock();
        try {
            Head head = room.head();
            RoomState state = room.state();
            if (drafts.size() == 1) {
                Optional<Sent> same = unchanged(state, drafts.getFirst());
                if (same.isPresent()) {
                    return List.of(same.get());
                }
            }
            Batch batch = batches.next(room, head, state, drafts, transaction);
            var write = append(room, state, batch, clock.millis());
            ticket = journal.enqueue(write, room);
            room.moveTo(batch.after());
            room.annotations.add(batch, ticket);
            if (batch.changesState()) {
                List<Sent> sent = ticket.await();
                if (batch.redactsState()) {
                    room.retire();
                }
                return sent;
            }
        } finally {
            room.lock.unlock();
        }
        return ticket.await();
    }

    private AppendWrite append(Room room, RoomState before, Batch batch, long nowMillis) {
        return new AppendWrite(stores, cache, transactions, room, before, batch, nowMillis);
    }

    /// The present event in the draft's place, when it says the same by the same sender.
    private Optional<Sent> unchanged(RoomState state, EventDraft draft) {
        if (draft.stateKey() == null) {
            return Optional.empty();
        }
        var place = new StateKey(draft.type(), draft.stateKey());
        long position =
                stores.identifiers().findStateKey(place).stream()
                        .mapToLong(key -> state.events().eventAt(key))
                        .findFirst()
                        .orElse(StateMap.NONE);
        if (position == StateMap.NONE) {
            return Optional.empty();
        }
        StoredEvent present = cache.require(position);
        boolean sameSender =
                stores.identifiers().findUser(draft.sender()).orElse(0) == present.sender();
        return sameSender
                        && Arrays.equals(
                                ClientEvent.content(present.clientJson()),
                                CanonicalJson.lenientBytes(draft.content()))
                ? Optional.of(new Sent(present.eventId(), position))
                : Optional.empty();
    }

    /// What else is written in the transaction that makes a room.
    @FunctionalInterface
    public interface AlsoWritten {
        /// Writes it.
        void write(WriteTransaction tx, int room);
    }

    /// Makes a room with its first events, all or none.
    ///
    /// @param room the room's id; null in versions where the create event's hash is the id
    /// @param also written in the same transaction
    /// @return the room's id
    /// @throws MatrixException when one of the events is malformed, too large, or not allowed
    public RoomId create(
            RoomVersion version, @Nullable RoomId room, List<EventDraft> drafts, AlsoWritten also) {
        long now = creationMillis();
        Batch first = batches.first(version, room, drafts, now);
        journal.write(tx -> begin(tx, version, first, now, also));
        return first.room();
    }

    /// Makes a room with its first events, and appends events to the one that it replaces, all or
    /// none, unless that one's state has become another one than the sender thinks.
    ///
    /// @param condition asked of the old room's state when nobody else can change it
    /// @param old the room that is replaced
    /// @param room the new room's id; null in versions where the create event's hash is the id
    /// @param also written in the same transaction
    /// @param closing answers what is appended to the old room, given the new one's id
    /// @return the new room's id; empty when `condition` does not hold
    /// @throws MatrixException when one of the events is malformed, too large, or not allowed
    public Optional<RoomId> replace(
            RoomId old,
            Predicate<RoomState> condition,
            RoomVersion version,
            @Nullable RoomId room,
            List<EventDraft> drafts,
            AlsoWritten also,
            Function<RoomId, Closing> closing) {
        return trying(
                old,
                active -> {
                    long now = creationMillis();
                    Batch first = batches.first(version, room, drafts, now);
                    Write<Integer> beginning = tx -> begin(tx, version, first, now, also);
                    return replace(active, condition, first.room(), beginning, now, closing);
                });
    }

    /// @param beginning writes the new room
    private Optional<RoomId> replace(
            Room old,
            Predicate<RoomState> condition,
            RoomId replacement,
            Write<Integer> beginning,
            long now,
            Function<RoomId, Closing> closing) {
        old.lock.lock();
        try {
            RoomState state = old.state();
            if (!condition.test(state)) {
                return Optional.empty();
            }
            Batch last = batches.last(old, old.head(), state, closing.apply(replacement));
            WriteTicket<Integer> ticket =
                    journal.enqueue(
                            tx -> {
                                int number = beginning.apply(tx);
                                append(old, state, last, now).apply(tx);
                                return number;
                            },
                            old);
            old.moveTo(last.after());
            var _ = ticket.await();
            return Optional.of(replacement);
        } finally {
            old.lock.unlock();
        }
    }

    private int begin(
            WriteTransaction tx, RoomVersion version, Batch first, long now, AlsoWritten also) {
        RoomState empty = Batches.emptyState(version, first.events().getFirst().pdu());
        int number = stores.rooms().create(tx, first.room(), version, now);
        var made = new Room(number, first.room(), version, Head.EMPTY, empty, 0);
        append(made, empty, first, now).apply(tx);
        also.write(tx, number);
        return number;
    }

    /// The time of a new room, which no other room has: where the create event's hash is the room's
    /// id, two equal rooms of one moment would be one.
    private long creationMillis() {
        return lastCreation.updateAndGet(last -> Math.max(clock.millis(), last + 1));
    }
}
