package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A membership costs the same whichever way it is asked for.
final class MembershipLimitsTest {
    private static final String TOO_MANY = "429 M_LIMIT_EXCEEDED";
    private static final double ONE_IN_SECONDS = 0.001;

    private TestHearth server;
    private TestClient alice;
    private TestClient bob;
    private String room;

    /// Everybody may make or join two rooms, and invite once.
    @BeforeEach
    void start(@TempDir Path folder) {
        server =
                TestHearth.in(folder)
                        .limit("JOIN", 2, ONE_IN_SECONDS)
                        .limit("INVITE", 1, ONE_IN_SECONDS)
                        .limit("SEND", 1_000, 1_000)
                        .limit("REGISTRATION", 10, 1)
                        .stillClock()
                        .start();
        alice = server.register("alice");
        bob = server.register("bob");
        room = alice.createRoom("{\"preset\":\"public_chat\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer member(TestClient actor, TestClient target, String content) {
        return actor.put(
                in(room, "state/m.room.member/" + encoded(target.userId())),
                "{\"membership\":" + content + "}");
    }

    @Test
    void aJoinByAMemberEventIsAJoin() {
        assertEquals("200", member(bob, bob, "\"join\"").outcome());
        bob.leave(room);
        assertEquals("200", member(bob, bob, "\"join\"").outcome());
        bob.leave(room);

        assertEquals(TOO_MANY, member(bob, bob, "\"join\"").outcome());
        assertEquals(TOO_MANY, bob.join(room).outcome());
    }

    /// Nobody comes in by it.
    @Test
    void whoIsInTheRoomChangesTheMemberEventAsAnyState() {
        assertEquals("200", bob.join(room).outcome());
        for (int i = 0; i < 5; i++) {
            String named = "\"join\",\"displayname\":\"Bob " + i + "\"";
            assertEquals("200", member(bob, bob, named).outcome());
        }
        bob.leave(room);
        assertEquals("200", bob.join(room).outcome());
    }

    @Test
    void aKnockByAMemberEventIsAKnock() {
        alice.state(room, "m.room.join_rules", "", "{\"join_rule\":\"knock\"}");
        for (int i = 0; i < 2; i++) {
            assertEquals("200", member(bob, bob, "\"knock\"").outcome());
            bob.leave(room);
        }
        assertEquals(TOO_MANY, member(bob, bob, "\"knock\"").outcome());
        assertEquals(TOO_MANY, bob.post("knock/" + encoded(room), "{}").outcome());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInviteByAMemberEventIsAnInvite(boolean eventFirst) {
        TestClient carol = server.register("carol");
        String invite = "{\"user_id\":\"" + bob.userId() + "\"}";
        assertEquals(
                "200",
                (eventFirst
                                ? member(alice, carol, "\"invite\"")
                                : alice.post(in(room, "invite"), invite))
                        .outcome());

        assertEquals(TOO_MANY, member(alice, bob, "\"invite\"").outcome());
        assertEquals(TOO_MANY, alice.post(in(room, "invite"), invite).outcome());
        assertEquals("200", member(alice, bob, "\"ban\"").outcome());
    }
}
