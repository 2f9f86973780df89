package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Alice ignores Bob and reads back. See [Ignoring
/// users](https://spec.matrix.org/v1.19/client-server-api/#ignoring-users).
final class IgnoredInHistoryTest extends AliceAndBob {
    private static final long FAR_FUTURE = 9_000_000_000_000L;

    private String room;
    private String alices;
    private String bobs;

    @BeforeEach
    void talk() {
        room = alice.room("public_chat");
        bob.join(room);
        alice.say(room, "one");
        bob.say(room, "from bob");
        alices = alice.say(room, "two");
        bobs = bob.say(room, "from bob again");
        alice.say(room, "three");
        alice.accountData(
                null,
                "m.ignored_user_list",
                "{\"ignored_users\":{\"%s\":{}}}".formatted(bob.userId()));
    }

    @Test
    void pagesLeaveOutTheirMessagesAndAreFullAllTheSame() {
        JsonObject back = read("messages?dir=b&limit=2");
        assertEquals(List.of("three", "two"), bodies(back, "chunk"));
        assertEquals(
                "one",
                bodies(read("messages?dir=b&limit=100&from=" + end(back)), "chunk").getFirst());
        assertEquals(
                List.of("one", "two", "three"), bodies(read("messages?dir=f&limit=100"), "chunk"));
        assertEquals(
                List.of("one", "from bob", "two", "from bob again", "three"),
                bodies(bob.get(in(room, "messages?dir=f&limit=100")).body(), "chunk"));
    }

    @Test
    void theirStateIsStillThere() {
        String members = read("messages?dir=f&limit=100").toString();
        assertTrue(members.contains("\"state_key\":\"" + bob.userId() + "\""), members);
    }

    @Test
    void whatStandsAroundAnEventLeavesThemOutToo() {
        JsonObject context = read("context/" + encoded(alices) + "?limit=100");
        assertEquals(List.of("one"), bodies(context, "events_before"));
        assertEquals(List.of("three"), bodies(context, "events_after"));
    }

    @Test
    void anEventThatIsAskedForByItsIdIsGiven() {
        assertEquals("200", alice.get(in(room, "event/" + encoded(bobs))).outcome());
        JsonObject context = read("context/" + encoded(bobs) + "?limit=2");
        assertEquals(bobs, context.object("event").orElseThrow().string("event_id").orElseThrow());
        assertEquals(List.of("two"), bodies(context, "events_before"));
    }

    @Test
    void theNearestEventToAMomentIsNamedWhoeverSentIt() {
        String latest = bob.say(room, "the latest");

        JsonObject nearest =
                alice.get(
                                "_matrix/client/v1/"
                                        + in(room, "timestamp_to_event?dir=b&ts=")
                                        + FAR_FUTURE)
                        .body();

        assertEquals(latest, nearest.string("event_id").orElseThrow());
    }

    private JsonObject read(String path) {
        return alice.get(in(room, path)).body();
    }

    private static String end(JsonObject page) {
        return encoded(page.string("end").orElseThrow());
    }

    /// What the messages of a list say.
    private static List<String> bodies(JsonObject answer, String list) {
        return answer.array(list).orElseThrow().values().stream()
                .map(event -> ((JsonObject) event).object("content").orElseThrow())
                .flatMap(content -> content.string("body").stream())
                .toList();
    }
}
