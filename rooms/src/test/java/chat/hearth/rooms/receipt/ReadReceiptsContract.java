package chat.hearth.rooms.receipt;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import chat.hearth.rooms.create.Preset;
import chat.hearth.rooms.event.Sent;
import chat.hearth.storage.Highlight;
import chat.hearth.storage.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How far users have read.
abstract class ReadReceiptsContract {
    private static final long NOW = 1_800_000_123_456L;

    private TestRooms rooms;
    private RoomId room;

    abstract TestRooms open();

    @BeforeEach
    void start() {
        rooms = open();
        room = rooms.create(RoomVersion.V12, Preset.PUBLIC_CHAT);
    }

    @AfterEach
    void stop() {
        rooms.close();
    }

    private void mark(UserId user, Mark... marks) {
        new ReadReceipts(
                        rooms.stores(),
                        rooms.database().journal(),
                        rooms.engine().rooms(),
                        rooms.engine().gate(),
                        () -> Instant.ofEpochMilli(NOW))
                .mark(user, rooms.number(user), room, List.of(marks));
    }

    private Optional<Receipt> receipt(ReceiptType type, String thread) {
        return rooms.stores()
                .receipts()
                .find(rooms.room(room).number(), rooms.number(ALICE), type.wireName(), thread);
    }

    private long position(ReceiptType type) {
        if (type != ReceiptType.FULLY_READ) {
            return receipt(type, "").map(Receipt::event).orElse(0L);
        }
        return rooms.stores()
                .accountData()
                .find(rooms.number(ALICE), rooms.room(room).number(), "m.fully_read")
                .map(row -> JsonReader.readObject(row.content()).string("event_id").orElseThrow())
                .map(id -> rooms.event(new EventId(id)).position())
                .orElse(0L);
    }

    @ParameterizedTest
    @EnumSource(ReceiptType.class)
    void aMarkMovesForwardOnlyAndSurvivesARestart(ReceiptType type) {
        Sent first = rooms.say(room, ALICE, "one");
        Sent second = rooms.say(room, ALICE, "two");
        mark(ALICE, Mark.of(type, second.eventId()));
        rooms.reopen();
        assertEquals(second.position(), position(type));
        long before = rooms.database().journal().announcedPosition();
        mark(ALICE, Mark.of(type, first.eventId()));
        mark(ALICE, Mark.of(type, second.eventId()));
        assertEquals(second.position(), position(type));
        assertEquals(before, rooms.database().journal().announcedPosition(), "writes");
    }

    @Test
    void theReceiptSaysWhenAndIsFoundInItsSpan() {
        Sent said = rooms.say(room, ALICE, "one");
        long before = rooms.database().journal().announcedPosition();
        mark(ALICE, Mark.of(ReceiptType.READ, said.eventId()));
        Receipt receipt =
                rooms.stores()
                        .receipts()
                        .changedFor(
                                new int[] {rooms.room(room).number()},
                                rooms.number(ALICE),
                                ReceiptType.READ.wireName(),
                                before,
                                Long.MAX_VALUE,
                                10)
                        .getFirst();
        assertEquals(NOW, receipt.ts());
        assertEquals(said.position(), receipt.event());
        assertEquals(receipt, receipt(ReceiptType.READ, "").orElseThrow());
    }

    @Test
    void severalMarksAreOneWriteAndOneWrongMarkStopsAll() {
        Sent first = rooms.say(room, ALICE, "one");
        Sent second = rooms.say(room, ALICE, "two");
        assertThrows(
                MatrixException.class,
                () ->
                        mark(
                                ALICE,
                                Mark.of(ReceiptType.READ, second.eventId()),
                                Mark.of(ReceiptType.FULLY_READ, new EventId("$none"))));
        assertEquals(0, position(ReceiptType.READ));
        mark(
                ALICE,
                Mark.of(ReceiptType.READ, second.eventId()),
                Mark.of(ReceiptType.FULLY_READ, first.eventId()));
        assertEquals(second.position(), position(ReceiptType.READ));
        assertEquals(first.position(), position(ReceiptType.FULLY_READ));
    }

    @Test
    void threadsAreReadEachForItself() {
        Sent root = rooms.say(room, ALICE, "root");
        Sent reply = reply(root);
        String thread = root.eventId().value();
        mark(ALICE, threaded(reply, thread));
        mark(ALICE, threaded(root, Mark.MAIN));
        assertEquals(reply.position(), receipt(ReceiptType.READ, thread).orElseThrow().event());
        assertEquals(root.position(), receipt(ReceiptType.READ, Mark.MAIN).orElseThrow().event());
        assertTrue(receipt(ReceiptType.READ, "").isEmpty());
        refused(reply, Mark.MAIN);
        refused(rooms.say(room, ALICE, "outside"), thread);
    }

    private void refused(Sent event, String thread) {
        MatrixException refused =
                assertThrows(MatrixException.class, () -> mark(ALICE, threaded(event, thread)));
        assertEquals(400, refused.status());
    }

    private static Mark threaded(Sent event, @Nullable String thread) {
        return new Mark(ReceiptType.READ, event.eventId(), thread);
    }

    private Sent reply(Sent root) {
        JsonObject relation =
                JsonObject.builder()
                        .put("rel_type", "m.thread")
                        .put("event_id", root.eventId().value())
                        .build();
        JsonObject content =
                JsonObject.builder()
                        .put("msgtype", "m.text")
                        .put("body", "reply")
                        .put("m.relates_to", relation)
                        .build();
        return rooms.engine()
                .pipeline()
                .send(room, EventDraft.message(ALICE, "m.room.message", content), null);
    }

    @Test
    void readingClearsTheHighlightsUpToThere() {
        rooms.join(BOB, room);
        Sent first = rooms.say(room, BOB, "one");
        Sent second = rooms.say(room, BOB, "two");
        highlight(first);
        highlight(second);
        mark(ALICE, Mark.of(ReceiptType.READ_PRIVATE, first.eventId()));
        assertEquals(
                List.of(second.position()),
                rooms
                        .stores()
                        .highlights()
                        .of(rooms.number(ALICE), rooms.room(room).number(), 0, 10)
                        .stream()
                        .map(Highlight::position)
                        .toList());
    }

    private void highlight(Sent event) {
        var row =
                new Highlight(rooms.number(ALICE), rooms.room(room).number(), event.position(), 0);
        var _ =
                rooms.database()
                        .journal()
                        .write(
                                tx -> {
                                    rooms.stores().highlights().add(tx, row);
                                    return row;
                                });
    }

    @Test
    void anEventThatTheUserMayNotSeeCannotBeRead() {
        rooms.state(
                room,
                ALICE,
                "m.room.history_visibility",
                "",
                "{\"history_visibility\":\"joined\"}");
        Sent before = rooms.say(room, ALICE, "before Bob came");
        rooms.join(BOB, room);
        Sent after = rooms.say(room, ALICE, "after");
        MatrixException refused =
                assertThrows(
                        MatrixException.class,
                        () -> mark(BOB, Mark.of(ReceiptType.READ, before.eventId())));
        assertEquals(400, refused.status());
        mark(BOB, Mark.of(ReceiptType.READ, after.eventId()));
    }

    @Test
    void whoHasLeftReadsNoFurther() {
        rooms.join(BOB, room);
        Sent said = rooms.say(room, ALICE, "hello");
        rooms.engine().memberships().leave(BOB, room, null);
        MatrixException refused =
                assertThrows(
                        MatrixException.class,
                        () -> mark(BOB, Mark.of(ReceiptType.READ, said.eventId())));
        assertEquals(403, refused.status());
    }
}
