package chat.hearth.homeserver.client.budget;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a user writes is paid from one budget.
final class EventBudgetTest {
    private static final int BURST = 20;

    private TestHearth server;
    private TestClient alice;
    private TestClient bob;
    private String room;

    @BeforeEach
    void start(@TempDir Path folder) {
        server =
                TestHearth.in(folder)
                        .limit("SEND", BURST, 1)
                        .limit("JOIN", 1_000, 1)
                        .limit("INVITE", 1_000, 1)
                        .limit("OTHER", 10_000, 1)
                        .limit("REGISTRATION", 10, 1)
                        .stillClock()
                        .start();
        alice = server.register("alice");
        bob = server.register("bob");
        room = alice.room("public_chat");
        bob.join(room);
        rest();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Lets everybody's budget fill up.
    private void rest() {
        server.pass(Duration.ofSeconds(2 * BURST));
    }

    /// How many of `tries` requests pass, in a row and from a full budget.
    private int passed(int tries, IntFunction<TestHearth.Answer> request) {
        rest();
        for (int i = 0; i < tries; i++) {
            String outcome = request.apply(i).outcome();
            if (outcome.equals("429 M_LIMIT_EXCEEDED")) {
                return i;
            }
            assertEquals("200", outcome);
        }
        return tries;
    }

    private TestHearth.Answer send(int i) {
        return alice.put(in(room, "send/m.room.message/txn" + i), "{\"body\":\"" + i + "\"}");
    }

    @Test
    void everyEventCostsTheSame() {
        int tries = 2 * BURST;
        server.register("carol");
        assertEquals(BURST, passed(tries, this::send));
        assertEquals(
                BURST, passed(tries, i -> alice.put(in(room, "state/m.room.topic"), topic(i))));
        assertEquals(
                BURST,
                passed(
                        tries,
                        i ->
                                alice.put(
                                        "profile/" + encoded(alice.userId()) + "/m.tz",
                                        "{\"m.tz\":\"Europe/" + i + "\"}")));
        assertEquals(BURST, passed(tries, _ -> alice.post(in(room, "invite"), target("carol"))));
        assertEquals(BURST, passed(tries, i -> alice.post(in(room, "ban"), target("other" + i))));
        assertEquals(BURST, passed(tries, _ -> bob.post(in(room, "join"), "{}")));
        assertEquals(
                BURST,
                passed(
                        tries,
                        _ ->
                                alice.put(
                                        "presence/" + encoded(alice.userId()) + "/status",
                                        "{\"presence\":\"online\"}")));
    }

    @Test
    void allOfAUsersEventsArePaidFromOneBudget() {
        assertEquals(BURST, passed(BURST, this::send));
        assertEquals("429 M_LIMIT_EXCEEDED", alice.post(in(room, "leave"), "{}").outcome());
        assertEquals("429 M_LIMIT_EXCEEDED", alice.post("createRoom", "{}").outcome());
        assertEquals(
                "429 M_LIMIT_EXCEEDED",
                alice.put(in(room, "state/m.room.topic"), topic(0)).outcome());
        assertEquals("200", bob.put(in(room, "send/m.room.message/1"), "{}").outcome());
    }

    @Test
    void aRepeatedTransactionThatIsAnsweredFromMemoryCostsNothing() {
        assertEquals(BURST, passed(BURST, this::send));
        assertEquals("429 M_LIMIT_EXCEEDED", send(BURST).outcome());
        for (int i = 0; i < BURST; i++) {
            assertEquals("200", send(i).outcome());
        }
    }

    @Test
    void whatIsNoEventCostsAPartOfOne() {
        String settings = "user/" + encoded(alice.userId()) + "/account_data/org.example.x";
        assertEquals(2 * BURST, passed(10 * BURST, i -> alice.put(settings, "{\"n\":" + i + "}")));
        String typing = in(room, "typing/" + encoded(alice.userId()));
        assertEquals(
                10 * BURST,
                passed(20 * BURST, i -> alice.put(typing, "{\"typing\":" + (i % 2 == 0) + "}")));
    }

    @Test
    void aRoomCostsAsMuchAsItsFirstEvents() {
        assertEquals(2, passed(3, _ -> alice.post("createRoom", manyTopics())));
    }

    @Test
    void anUpgradeCostsEverything() {
        assertEquals(BURST - 1, passed(BURST - 1, this::send));
        assertEquals("200", alice.post(in(room, "upgrade"), "{\"new_version\":\"11\"}").outcome());
        server.pass(Duration.ofSeconds(BURST - 1));
        assertEquals("429 M_LIMIT_EXCEEDED", send(BURST).outcome());
        server.pass(Duration.ofSeconds(1));
        assertEquals("200", send(BURST).outcome());
    }

    private static String topic(int i) {
        return "{\"topic\":\"" + i + "\"}";
    }

    private static String target(String name) {
        return "{\"user_id\":\"@" + name + ":" + TestHearth.NAME + "\"}";
    }

    private static String manyTopics() {
        var events = new StringBuilder();
        for (int i = 0; i < BURST / 2; i++) {
            events.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"org.example." + i + "\",\"content\":{}}");
        }
        return "{\"initial_state\":[" + events + "]}";
    }
}
