package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.OnBothDatabases;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.homeserver.TestedDatabase;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Account;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/// A room that lets guests in no longer has none, however many they were and whatever came between.
/// See [Guest access](https://spec.matrix.org/v1.19/client-server-api/#guest-access).
@OnBothDatabases
final class ClosedDoorTest {
    private static final String GUEST_ACCESS = "m.room.guest_access";
    private static final String CAN_JOIN = "{\"guest_access\":\"can_join\"}";
    private static final String FORBIDDEN = "{\"guest_access\":\"forbidden\"}";

    /// More than leave in one write.
    private static final int CROWD = 501;

    private static final int RACES = 20;
    private static final Duration SWEPT_WITHIN = Duration.ofMinutes(3);

    private final AtomicInteger guests = new AtomicInteger();

    @Parameter @Nullable TestedDatabase database;
    @TempDir static Path folder;
    private @Nullable TestHearth running;
    private @Nullable TestClient owner;

    @BeforeParameterizedClassInvocation
    void start() {
        running = Objects.requireNonNull(database).setup(folder).start();
        owner = server().register("alice");
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server().close();
    }

    private TestHearth server() {
        return Objects.requireNonNull(running);
    }

    private TestClient alice() {
        return Objects.requireNonNull(owner);
    }

    private String openRoom() {
        String room = alice().room("public_chat");
        alice().state(room, GUEST_ACCESS, "", CAN_JOIN);
        return room;
    }

    /// Guests with nothing but an account, in a room.
    private void crowd(String room, int size) {
        List<EventDraft> joins = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            var guest =
                    UserId.of("crowd" + guests.incrementAndGet(), new ServerName(TestHearth.NAME));
            addAccount(guest);
            joins.add(member(guest, "join"));
        }
        server().engine().pipeline().sendAll(new RoomId(room), joins);
    }

    private void addAccount(UserId guest) {
        server().database()
                .journal()
                .write(
                        tx -> {
                            int number = server().stores().identifiers().user(tx, guest);
                            return server().stores().accounts().add(tx, account(number, guest));
                        });
    }

    private static Account account(int number, UserId guest) {
        return new Account(number, guest, null, 1, false, true, false, false, false, false);
    }

    private static EventDraft member(UserId user, String membership) {
        return EventDraft.state(
                user, "m.room.member", user.value(), JsonObject.of("membership", membership));
    }

    /// What is stored of a request whose server dies before anything else happens.
    private EventId die(String room, EventDraft last) {
        EventId sent = server().engine().pipeline().send(new RoomId(room), last, null).eventId();
        server().restart();
        return sent;
    }

    private EventDraft closing() {
        return EventDraft.state(
                new UserId(alice().userId()),
                GUEST_ACCESS,
                "",
                JsonObject.of("guest_access", "forbidden"));
    }

    private int inside(String room) {
        return alice().get(in(room, "joined_members")).body().object("joined").orElseThrow().size();
    }

    private void assertOnlyAliceStays(String room) throws InterruptedException {
        long deadline = System.nanoTime() + SWEPT_WITHIN.toNanos();
        while (inside(room) > 1 && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        assertEquals(1, inside(room));
    }

    @Test
    void aCrowdIsOutWhenTheRequestIsAnswered() {
        String room = openRoom();
        crowd(room, CROWD);
        alice().state(room, GUEST_ACCESS, "", FORBIDDEN);
        assertEquals(1, inside(room));
    }

    @Test
    void aCrowdIsOutWhenTheRedactionIsAnswered() {
        String room = alice().room("public_chat");
        String open = alice().state(room, GUEST_ACCESS, "", CAN_JOIN);
        crowd(room, CROWD);
        assertEquals(
                "200", alice().put(in(room, "redact/" + encoded(open) + "/1"), "{}").outcome());
        assertEquals(1, inside(room));
    }

    @Test
    void whatACrashLeftIsFinishedAfterTheStart() throws Exception {
        String room = openRoom();
        crowd(room, CROWD);
        die(room, closing());
        assertOnlyAliceStays(room);
    }

    @Test
    void soItIsAfterARedaction() throws Exception {
        String room = alice().room("public_chat");
        String open = alice().state(room, GUEST_ACCESS, "", CAN_JOIN);
        crowd(room, 2);
        die(
                room,
                EventDraft.redaction(
                        new UserId(alice().userId()), new EventId(open), JsonObject.EMPTY));
        assertOnlyAliceStays(room);
    }

    @Test
    void whoeverOpensTheDoorAgainBeforeKeepsTheGuests() throws Exception {
        String open = openRoom();
        String closed = openRoom();
        crowd(open, 2);
        crowd(closed, 2);
        server().engine().pipeline().send(new RoomId(open), closing(), null);
        server().engine()
                .pipeline()
                .send(
                        new RoomId(open),
                        EventDraft.state(
                                new UserId(alice().userId()),
                                GUEST_ACCESS,
                                "",
                                JsonObject.of("guest_access", "can_join")),
                        null);
        die(closed, closing());
        assertOnlyAliceStays(closed);
        assertEquals(3, inside(open));
    }

    @Test
    void whatGuestsDoMeanwhileKeepsNobodyFromClosingTheDoor() throws Exception {
        for (int i = 0; i < RACES; i++) {
            String room = openRoom();
            crowd(room, 3);
            UserId leaving = UserId.of("crowd" + guests.get(), new ServerName(TestHearth.NAME));
            Thread going =
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            server().engine()
                                                    .memberships()
                                                    .leave(leaving, new RoomId(room), null));
            Answer closed = alice().put(in(room, "state/" + GUEST_ACCESS), FORBIDDEN);
            going.join();
            assertEquals("200", closed.outcome(), "round " + i);
            assertEquals(1, inside(room));
        }
    }
}
