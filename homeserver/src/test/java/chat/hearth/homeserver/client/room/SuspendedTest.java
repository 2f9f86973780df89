package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a suspended user may still do, and who is a guest. See [Account
/// suspension](https://spec.matrix.org/v1.19/client-server-api/#account-suspension).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SuspendedTest {
    private TestHearth server;
    private TestClient alice;
    private TestClient sam;
    private Map<String, String> names;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = TestHearth.start(directory);
        alice = server.register("alice");
        sam = server.register("sam");
        String room =
                alice.createRoom(
                        """
                        {"preset":"public_chat","power_level_content_override":
                        {"users_default":100,"users":{}}}
                        """);
        String left = alice.createRoom("{\"preset\":\"public_chat\"}");
        String knockable = alice.createRoom("{\"preset\":\"private_chat\"}");
        alice.state(knockable, "m.room.join_rules", "", "{\"join_rule\":\"knock\"}");
        String invited = alice.createRoom("{\"preset\":\"private_chat\"}");
        alice.invite(invited, sam);
        String rejected = alice.createRoom("{\"preset\":\"private_chat\"}");
        alice.invite(rejected, sam);
        assertEquals("200", sam.join(room).outcome());
        assertEquals("200", sam.join(left).outcome());
        names =
                Map.of(
                        "ROOM", encoded(room),
                        "LEFT", encoded(left),
                        "KNOCKABLE", encoded(knockable),
                        "INVITED", encoded(invited),
                        "REJECTED", encoded(rejected),
                        "OWN", encoded(sam.say(room, "t1", "mine")),
                        "OTHERS", encoded(alice.say(room, "t1", "not yours")),
                        "ALICE", encoded(alice.userId()),
                        "ME", encoded(sam.userId()));
        server.accounts().accounts().suspend(server.number(sam.userId()), true);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Answer ask(String method, String path, String body) {
        String namedPath = path;
        String namedBody = body;
        for (Map.Entry<String, String> name : names.entrySet()) {
            namedPath = namedPath.replace("<" + name.getKey() + ">", name.getValue());
            namedBody = namedBody.replace("<" + name.getKey() + ">", name.getValue());
        }
        return sam.request(method, namedPath, namedBody.equals("-") ? null : namedBody);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    GET  | sync                                          | -
                    GET  | rooms/<ROOM>/messages?dir=b                   | -
                    GET  | rooms/<ROOM>/state                            | -
                    GET  | rooms/<ROOM>/event/<OTHERS>                   | -
                    POST | rooms/<LEFT>/leave                            | {}
                    POST | rooms/<LEFT>/forget                           | {}
                    POST | rooms/<REJECTED>/leave                        | {}
                    PUT  | rooms/<ROOM>/redact/<OWN>/t1                  | {}
                    POST | rooms/<ROOM>/receipt/m.read/<OTHERS>          | {}
                    GET  | profile/<ME>                                  | -
                    GET  | account/whoami                                | -
                    """)
    void thisIsAllowed(String method, String path, String body) {
        assertEquals("200", ask(method, path, body).outcome());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    PUT  | rooms/<ROOM>/send/m.room.message/t1         | {"msgtype":"m.text","body":"x"}
                    PUT  | rooms/<ROOM>/state/m.room.topic/            | {"topic":"x"}
                    PUT  | rooms/<ROOM>/state/m.room.member/<ME>       | {"membership":"join"}
                    PUT  | rooms/<INVITED>/state/m.room.member/<ME>    | {"membership":"join"}
                    PUT  | rooms/<ROOM>/redact/<OTHERS>/t2             | {}
                    POST | rooms/<INVITED>/join                        | {}
                    POST | join/<INVITED>                              | {}
                    POST | knock/<KNOCKABLE>                           | {}
                    POST | rooms/<ROOM>/invite                         | {"user_id":"@x:hearth.test"}
                    POST | rooms/<ROOM>/kick                           | {"user_id":"@x:hearth.test"}
                    POST | rooms/<ROOM>/ban                            | {"user_id":"@x:hearth.test"}
                    POST | rooms/<ROOM>/upgrade                        | {"new_version":"11"}
                    POST | createRoom                                  | {}
                    PUT  | profile/<ME>/displayname                    | {"displayname":"x"}
                    """)
    void thisIsNot(String method, String path, String body) {
        assertEquals("403 M_USER_SUSPENDED", ask(method, path, body).outcome());
    }

    @Test
    void nobodyBecomesAGuest() {
        Answer answer = server.send("POST", "_matrix/client/v3/register?kind=guest", null, "{}");

        assertEquals("403 M_FORBIDDEN", answer.outcome());
    }

    @Test
    void whoIsAGuestMaySyncAndSeesOnlyRoomsOpenToGuests() {
        TestClient guest = server.guest("guest");
        String closed = alice.createRoom("{\"preset\":\"public_chat\"}");
        String open = alice.createRoom("{\"preset\":\"public_chat\"}");
        alice.state(open, "m.room.guest_access", "", "{\"guest_access\":\"can_join\"}");

        assertEquals("403 M_GUEST_ACCESS_FORBIDDEN", guest.join(closed).outcome());
        assertEquals("200", guest.join(open).outcome());
        Answer synced = guest.get("sync");

        assertEquals("200", synced.outcome());
        assertTrue(
                synced.body()
                        .object("rooms")
                        .flatMap(rooms -> rooms.object("join"))
                        .orElseThrow()
                        .has(open));
        assertEquals("403", guest.post(in(open, "invite"), "{}").outcome().substring(0, 3));
    }
}
