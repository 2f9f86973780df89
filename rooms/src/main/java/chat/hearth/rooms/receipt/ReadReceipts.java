package chat.hearth.rooms.receipt;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.history.HistoryGate;
import chat.hearth.rooms.history.RoomSight;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.Change;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Moves receipts and fully read markers, forward only. A mark is durable when the call returns;
/// one that would move nothing is not written. Safe for use by several threads.
///
/// See [Receipts](https://spec.matrix.org/v1.19/client-server-api/#receipts) and [Fully read
/// markers](https://spec.matrix.org/v1.19/client-server-api/#fully-read-markers).
public final class ReadReceipts {
    private static final String UNTHREADED = "";

    private final Stores stores;
    private final Journal journal;
    private final Rooms rooms;
    private final HistoryGate gate;
    private final InstantSource clock;

    /// Receipts of the users of one server.
    public ReadReceipts(
            Stores stores, Journal journal, Rooms rooms, HistoryGate gate, InstantSource clock) {
        this.stores = stores;
        this.journal = journal;
        this.rooms = rooms;
        this.gate = gate;
        this.clock = clock;
    }

    /// A mark whose event is known.
    ///
    /// @param thread empty for an unthreaded mark
    /// @param root position of the thread's root, 0 for the main timeline
    private record Place(ReceiptType type, StoredEvent event, String thread, long root) {}

    /// Marks how far `user` has read a room: all marks or none, in one write.
    ///
    /// @param number the user's number
    /// @throws MatrixException 403 `M_FORBIDDEN` when the user is not in the room, 400
    ///   `M_INVALID_PARAM` for an event that the user cannot see there or that is in another thread
    public void mark(UserId user, int number, RoomId roomId, List<Mark> marks) {
        Room room =
                rooms.find(roomId)
                        .filter(found -> found.state().members().isJoined(number))
                        .orElseThrow(() -> MatrixException.forbidden("You are not in the room"));
        RoomSight sight = gate.sight(room, user);
        List<Place> places = new ArrayList<>();
        for (Mark mark : marks) {
            places.add(place(room, sight, mark));
        }
        if (places.stream().noneMatch(place -> moves(room, number, place))) {
            return;
        }
        long now = clock.millis();
        var _ =
                journal.write(
                        tx -> {
                            int count = 0;
                            for (Place place : places) {
                                if (moves(room, number, place)) {
                                    move(tx, room, number, place, now);
                                    count++;
                                }
                            }
                            return count;
                        });
    }

    private Place place(Room room, RoomSight sight, Mark mark) {
        StoredEvent event =
                stores.events()
                        .byId(mark.event())
                        .filter(found -> found.room() == room.number())
                        .filter(sight::sees)
                        .orElseThrow(
                                () -> MatrixException.invalidParam("There is no such event here"));
        String thread = mark.thread();
        if (thread == null) {
            return new Place(mark.type(), event, UNTHREADED, 0);
        }
        if (mark.type() == ReceiptType.FULLY_READ) {
            throw MatrixException.invalidParam("A fully read marker has no thread_id");
        }
        return new Place(mark.type(), event, thread, root(event, thread));
    }

    /// The position of the root of the thread that both the client and the event name. A thread's
    /// root is in the main timeline, and the first event of its thread too.
    private long root(StoredEvent event, String thread) {
        if (thread.equals(Mark.MAIN)) {
            if (event.thread() != 0) {
                throw otherThread();
            }
            return 0;
        }
        if (event.eventId().value().equals(thread)) {
            return event.position();
        }
        long named =
                EventId.parse(thread)
                        .map(stores.events()::position)
                        .orElse(OptionalLong.empty())
                        .orElse(0);
        if (named == 0 || event.thread() != named) {
            throw otherThread();
        }
        return named;
    }

    private static MatrixException otherThread() {
        return MatrixException.invalidParam("The event is not in the thread thread_id");
    }

    private boolean moves(Room room, int user, Place place) {
        return place.event().position() > present(room, user, place);
    }

    /// The position up to which the user is marked to have read, 0 for nothing.
    private long present(Room room, int user, Place place) {
        return switch (place.type()) {
            case READ, READ_PRIVATE ->
                    stores.receipts()
                            .find(room.number(), user, place.type().wireName(), place.thread())
                            .map(Receipt::event)
                            .orElse(0L);
            case FULLY_READ -> fullyRead(room, user);
        };
    }

    private long fullyRead(Room room, int user) {
        Optional<EventId> event =
                stores.accountData()
                        .find(user, room.number(), ReceiptType.FULLY_READ.wireName())
                        .map(AccountData::object)
                        .flatMap(content -> content.string("event_id"))
                        .flatMap(EventId::parse);
        return event.isEmpty() ? 0 : stores.events().position(event.get()).orElse(0);
    }

    private void move(WriteTransaction tx, Room room, int user, Place place, long now) {
        long position = tx.nextPosition();
        Change.Kind kind =
                switch (place.type()) {
                    case READ -> Change.Kind.RECEIPT;
                    case READ_PRIVATE -> Change.Kind.PRIVATE_RECEIPT;
                    case FULLY_READ -> Change.Kind.ACCOUNT_DATA;
                };
        switch (place.type()) {
            case READ, READ_PRIVATE -> putReceipt(tx, room, user, place, position, now);
            case FULLY_READ ->
                    stores.accountData()
                            .put(tx, marker(room, user, position, place.event().eventId()));
        }
        tx.announce(new Change(position, kind, room.number(), user));
    }

    private void putReceipt(
            WriteTransaction tx, Room room, int user, Place place, long position, long now) {
        long event = place.event().position();
        String type = place.type().wireName();
        stores.receipts()
                .put(
                        tx,
                        new Receipt(
                                room.number(), user, type, place.thread(), event, now, position));
        if (place.thread().isEmpty()) {
            stores.highlights().clear(tx, user, room.number(), event);
        } else {
            stores.highlights().clearThread(tx, user, room.number(), place.root(), event);
        }
    }

    private static AccountData marker(Room room, int user, long position, EventId event) {
        JsonObject content = JsonObject.of("event_id", event.value());
        return new AccountData(
                user,
                room.number(),
                ReceiptType.FULLY_READ.wireName(),
                position,
                JsonWriter.bytes(content));
    }
}
