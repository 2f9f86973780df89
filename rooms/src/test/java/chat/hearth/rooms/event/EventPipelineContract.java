package chat.hearth.rooms.event;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static chat.hearth.rooms.TestRooms.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.TransactionKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the one way in for events promises.
abstract class EventPipelineContract {
    private TestRooms rooms;

    abstract TestRooms open();

    @BeforeEach
    void start() {
        rooms = open();
    }

    @AfterEach
    void stop() {
        rooms.close();
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aRoomOfEveryVersionTakesEventsAndSurvivesARestart(RoomVersion version) {
        RoomId room = rooms.create(version);
        EventId first = rooms.say(room, ALICE, "before").eventId();
        rooms.join(BOB, room);
        rooms.reopen();
        EventId second = rooms.say(room, BOB, "after").eventId();
        assertEquals("after", body(room, second));
        assertEquals("before", body(room, first));
        assertChained(rooms.timeline(room));
        assertEquals(version, rooms.room(room).version());
    }

    @Test
    void equalRoomsOfOneMomentAreDifferentRooms() {
        Set<RoomId> made = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            assertTrue(made.add(rooms.create(RoomVersion.V12)));
        }
    }

    @Test
    void sendsInParallelMakeOneChainAndAllAreKept() throws Exception {
        RoomId room = rooms.create(RoomVersion.V12);
        List<Sent> sent =
                inParallel(
                        200,
                        i ->
                                i % 20 == 0
                                        ? rooms.state(room, ALICE, "t", "" + i, "{}")
                                        : rooms.say(room, ALICE, "m" + i));
        Set<EventId> ids = new HashSet<>();
        sent.forEach(s -> ids.add(s.eventId()));
        assertEquals(200, ids.size());
        List<StoredEvent> timeline = rooms.timeline(room);
        assertChained(timeline);
        assertTrue(timeline.stream().map(StoredEvent::eventId).toList().containsAll(ids));
    }

    @Test
    void theSameTransactionGetsTheSameEventWhenRepeatedInParallelAndAfterARestart()
            throws Exception {
        RoomId room = rooms.create(RoomVersion.V12);
        var key = new TransactionKey(device(), 7, "txn");
        List<Sent> sent = inParallel(16, i -> rooms.engine().pipeline().send(room, hello(), key));
        assertEquals(1, Set.copyOf(sent).size(), () -> sent.toString());
        int before = rooms.timeline(room).size();
        rooms.reopen();
        assertEquals(sent.getFirst(), rooms.engine().pipeline().send(room, hello(), key));
        assertEquals(before, rooms.timeline(room).size());
        var other = new TransactionKey(device("OTHER"), 7, "txn");
        assertNotEquals(
                sent.getFirst().eventId(),
                rooms.engine().pipeline().send(room, hello(), other).eventId());
    }

    @Test
    void aRepeatedTransactionIsAnsweredEvenWhenItWouldNoLongerBeAllowed() {
        RoomId room = rooms.create(RoomVersion.V12);
        rooms.join(BOB, room);
        var key = new TransactionKey(device(), 7, "txn");
        EventDraft draft = message(BOB, "bye");
        Sent sent = rooms.engine().pipeline().send(room, draft, key);
        rooms.engine().memberships().leave(BOB, room, null);
        rooms.reopen();
        assertEquals(sent, rooms.engine().pipeline().send(room, draft, key));
    }

    @Test
    void stateThatChangesNothingIsNotSentAgain() {
        RoomId room = rooms.create(RoomVersion.V12);
        Sent first = rooms.state(room, ALICE, "m.room.name", "", "{\"name\":\"A\",\"x\":1}");
        Sent same = rooms.state(room, ALICE, "m.room.name", "", "{\"x\":1,\"name\":\"A\"}");
        Sent other = rooms.state(room, ALICE, "m.room.name", "", "{\"name\":\"B\"}");
        assertEquals(first, same);
        assertNotEquals(first, other);
    }

    /// As when a commit took place whose answer was lost.
    @Test
    void whatBecameDurableUnheardIsFollowedByWhatComesNext() {
        RoomId room = rooms.create(RoomVersion.V11);
        EventId secret = rooms.say(room, ALICE, "secret").eventId();
        rooms.unheard(
                other -> {
                    other.pipeline()
                            .send(
                                    room,
                                    EventDraft.redaction(ALICE, secret, JsonObject.EMPTY),
                                    null);
                    other.pipeline()
                            .send(
                                    room,
                                    EventDraft.state(
                                            ALICE, "m.room.name", "", JsonObject.of("name", "new")),
                                    null);
                });
        rooms.say(room, ALICE, "after");
        List<StoredEvent> timeline = rooms.timeline(room);
        assertChained(timeline);
        assertEquals(
                timeline.get(timeline.size() - 2).position(),
                rooms.room(room)
                        .state()
                        .events()
                        .eventAt(
                                rooms.stores()
                                        .identifiers()
                                        .findStateKey(StateKey.of("m.room.name"))
                                        .orElseThrow()));
        assertEquals(
                JsonObject.EMPTY,
                rooms.rendered(room, secret, ALICE, 0).object("content").orElseThrow());
    }

    @Test
    void whatTheRulesRefuseLeavesNoTrace() {
        RoomId room = rooms.create(RoomVersion.V12);
        int before = rooms.timeline(room).size();
        refused(403, ErrCode.M_FORBIDDEN, () -> rooms.say(room, BOB, "let me in"));
        refused(413, ErrCode.M_TOO_LARGE, () -> rooms.say(room, ALICE, "x".repeat(66_000)));
        refused(
                403,
                ErrCode.M_FORBIDDEN,
                () ->
                        rooms.engine()
                                .pipeline()
                                .sendAll(room, List.of(hello(), message(BOB, "no"))));
        assertEquals(before, rooms.timeline(room).size());
        rooms.say(room, ALICE, "still fine");
        assertChained(rooms.timeline(room));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aRedactedMessageLosesItsContentAndSaysWhy(RoomVersion version) {
        RoomId room = rooms.create(version);
        EventId target = rooms.say(room, ALICE, "secret").eventId();
        EventId redaction = redact(room, target);
        for (int i = 0; i < 2; i++) {
            JsonObject seen = rooms.rendered(room, target, ALICE, 0);
            assertEquals(JsonObject.EMPTY, seen.object("content").orElseThrow());
            JsonObject because =
                    seen.object("unsigned").orElseThrow().object("redacted_because").orElseThrow();
            assertEquals(redaction.value(), because.string("event_id").orElseThrow());
            assertEquals(target.value(), because.string("redacts").orElseThrow());
            rooms.reopen();
        }
    }

    @Test
    void redactedStateCountsNoLonger() {
        RoomId room = rooms.create(RoomVersion.V12);
        rooms.join(BOB, room);
        rooms.state(room, ALICE, "m.room.power_levels", "", levels(50));
        rooms.state(room, BOB, "m.room.topic", "", "{\"topic\":\"Bob's\"}");
        EventId rule =
                rooms.state(room, ALICE, "m.room.join_rules", "", "{\"join_rule\":\"knock\"}")
                        .eventId();
        EventId visibility =
                rooms.state(
                                room,
                                ALICE,
                                "m.room.history_visibility",
                                "",
                                "{\"history_visibility\":\"joined\"}")
                        .eventId();
        redact(room, rule);
        redact(room, visibility);
        RoomState state = new RoomState(rooms.room(room).state());
        assertEquals("knock", state.joinRule(), "redaction keeps the join rule");
        assertEquals("joined", state.visibility(), "and the visibility");
        rooms.say(room, BOB, "and it goes on");
        assertChained(rooms.timeline(room));
    }

    /// The parts that a redaction could change, as text.
    private record RoomState(String joinRule, String visibility) {
        RoomState(chat.hearth.rooms.state.RoomState state) {
            this(
                    state.joinRule().name().toLowerCase(java.util.Locale.ROOT),
                    state.visibility().id());
        }
    }

    @Test
    void whoMayNotRedactIsRefusedAndTheCreateEventStays() {
        RoomId room = rooms.create(RoomVersion.V12);
        rooms.join(BOB, room);
        EventId alices = rooms.say(room, ALICE, "mine").eventId();
        EventId bobs = rooms.say(room, BOB, "his").eventId();
        refused(403, ErrCode.M_FORBIDDEN, () -> redact(room, BOB, alices));
        redact(room, BOB, bobs);
        EventId create = rooms.timeline(room).getFirst().eventId();
        refused(403, ErrCode.M_FORBIDDEN, () -> redact(room, create));
        refused(404, ErrCode.M_NOT_FOUND, () -> redact(room, new EventId("$nothing")));
        RoomId other = rooms.create(RoomVersion.V12);
        refused(404, ErrCode.M_NOT_FOUND, () -> redact(other, alices));
    }

    @Test
    void aReactionIsTakenOnceAndAgainAfterItsRedaction() {
        RoomId room = rooms.create(RoomVersion.V12);
        EventId target = rooms.say(room, ALICE, "like?").eventId();
        EventId reaction = react(room, target, "+1");
        refused(400, ErrCode.M_DUPLICATE_ANNOTATION, () -> react(room, target, "+1"));
        react(room, target, "-1");
        redact(room, reaction);
        react(room, target, "+1");
    }

    @Test
    void aStateEventShowsWhatItReplaced() {
        RoomId room = rooms.create(RoomVersion.V12);
        EventId before = rooms.state(room, ALICE, "t", "", "{\"a\":1}").eventId();
        EventId after = rooms.state(room, ALICE, "t", "", "{\"a\":2}").eventId();
        JsonObject unsigned =
                rooms.rendered(room, after, ALICE, 0).object("unsigned").orElseThrow();
        assertEquals(1, unsigned.object("prev_content").orElseThrow().integer("a").orElseThrow());
        assertEquals(before.value(), unsigned.string("replaces_state").orElseThrow());
        assertEquals("join", unsigned.string("membership").orElseThrow());
    }

    @Test
    void onlyTheSendingDeviceSeesItsTransactionId() {
        RoomId room = rooms.create(RoomVersion.V12);
        int device = device();
        EventId sent =
                rooms.engine()
                        .pipeline()
                        .send(room, hello(), new TransactionKey(device, 1, "m123"))
                        .eventId();
        assertEquals(
                "m123",
                rooms.rendered(room, sent, ALICE, device)
                        .object("unsigned")
                        .orElseThrow()
                        .string("transaction_id")
                        .orElseThrow());
        assertTrue(
                rooms.rendered(room, sent, ALICE, device("OTHER"))
                        .object("unsigned")
                        .orElseThrow()
                        .string("transaction_id")
                        .isEmpty());
    }

    private interface Send {
        Sent send(int i);
    }

    private static List<Sent> inParallel(int count, Send send) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Sent>> futures =
                    IntStream.range(0, count)
                            .mapToObj(i -> threads.submit(() -> send.send(i)))
                            .toList();
            return futures.stream().map(EventPipelineContract::outcome).toList();
        }
    }

    private static Sent outcome(Future<Sent> future) {
        try {
            return future.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Every event but the first names exactly the one before it.
    private void assertChained(List<StoredEvent> timeline) {
        for (int i = 1; i < timeline.size(); i++) {
            StoredEvent event = timeline.get(i);
            List<EventId> before =
                    RoomLoader.pdu(rooms.room(roomOf(event)).version(), event).prevEvents();
            assertEquals(List.of(timeline.get(i - 1).eventId()), before);
            assertEquals(i + 1, event.depth());
        }
    }

    private RoomId roomOf(StoredEvent event) {
        return rooms.stores().identifiers().room(event.room());
    }

    private String body(RoomId room, EventId event) {
        return rooms.rendered(room, event, ALICE, 0)
                .object("content")
                .orElseThrow()
                .string("body")
                .orElseThrow();
    }

    private EventId redact(RoomId room, EventId target) {
        return redact(room, ALICE, target);
    }

    private EventId redact(RoomId room, chat.hearth.protocol.id.UserId sender, EventId target) {
        return rooms.engine()
                .pipeline()
                .send(room, EventDraft.redaction(sender, target, JsonObject.EMPTY), null)
                .eventId();
    }

    private EventId react(RoomId room, EventId target, String key) {
        String content =
                "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"%s\",\"key\":\"%s\"}}"
                        .formatted(target.value(), key);
        return rooms.engine()
                .pipeline()
                .send(
                        room,
                        EventDraft.message(ALICE, "m.reaction", JsonReader.readObject(content)),
                        null)
                .eventId();
    }

    private static String levels(int bob) {
        return "{\"users\":{\"@bob:hearth.test\":%d}}".formatted(bob);
    }

    private static EventDraft hello() {
        return message(ALICE, "hello");
    }

    private int device() {
        return device("PHONE");
    }

    private int device(String id) {
        int alice = rooms.number(ALICE);
        return rooms.database()
                .journal()
                .write(tx -> rooms.stores().devices().add(tx, alice, id, null, 1));
    }

    private static void refused(
            int status, ErrCode code, org.junit.jupiter.api.function.Executable sending) {
        MatrixException error = assertThrows(MatrixException.class, sending);
        assertEquals(status + " " + code, error.status() + " " + error.errCode());
    }
}
