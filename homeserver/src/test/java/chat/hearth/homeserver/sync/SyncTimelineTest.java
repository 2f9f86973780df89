package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static chat.hearth.homeserver.sync.SyncAnswer.only;
import static chat.hearth.homeserver.sync.SyncAnswer.texts;
import static chat.hearth.homeserver.sync.SyncAnswer.unsigned;
import static chat.hearth.homeserver.sync.SyncUser.filter;
import static chat.hearth.homeserver.sync.SyncUser.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What timelines hold: nothing twice, nothing lost, what a filter asks for, and what each viewer
/// may know of an event.
final class SyncTimelineTest extends SyncOnBothDatabases {
    private static List<String> say(SyncUser user, String room, String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> prefix + n)
                .peek(text -> user.say(room, text))
                .toList();
    }

    /// The texts of all messages from a token back, or forward, to another one or to the end.
    private static List<String> walk(
            SyncUser user, String room, String direction, String from, String to, int limit) {
        var texts = new ArrayList<String>();
        Optional<String> at = Optional.of(from);
        while (at.isPresent()) {
            String query =
                    "messages?dir=%s&limit=%d&from=%s%s"
                            .formatted(
                                    direction,
                                    limit,
                                    TestHearth.encoded(at.get()),
                                    to.isEmpty() ? "" : "&to=" + TestHearth.encoded(to));
            Answer page = user.client().get(TestClient.in(room, query));
            assertEquals(200, page.status(), page::toString);
            page.body().array("chunk").orElseThrow().values().stream()
                    .map(JsonObject.class::cast)
                    .filter(e -> e.string("type").orElseThrow().equals("m.room.message"))
                    .forEach(e -> texts.addAll(texts(List.of(e))));
            at = page.body().string("end");
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void aLimitedTimelineGoesOnInMessagesWithoutGapOrRepeat(int limit) {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        List<String> said = new ArrayList<>(say(alice, room, "a", 3));
        bob.join(room);
        said.addAll(say(alice, room, "b", 8));
        SyncAnswer first = bob.sync("");
        List<String> gap = say(alice, room, "gap", 7);
        List<String> shown = say(alice, room, "shown", 10);

        SyncAnswer second = bob.since(first);

        assertTrue(second.isLimited(room));
        assertEquals(shown, texts(second.timeline(room)));
        List<String> between = walk(bob, room, "b", second.prevBatch(room), first.next(), limit);
        assertEquals(gap.reversed(), between, "the gap ends at the token of the last sync");
        assertEquals(gap, walk(bob, room, "f", first.next(), second.prevBatch(room), limit));
        said.addAll(gap);
        assertEquals(said.reversed(), walk(bob, room, "b", second.prevBatch(room), "", limit));
    }

    @Test
    void aTimelineWithoutAGapBeginsAtTheLastToken() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        alice.say(room, "old");
        SyncAnswer first = alice.sync("");
        alice.say(room, "new");

        SyncAnswer second = alice.since(first);

        assertFalse(second.isLimited(room));
        assertEquals(List.of("new"), texts(second.timeline(room)));
        assertEquals(List.of("old"), walk(alice, room, "b", second.prevBatch(room), "", 10));
    }

    @Test
    void aTimelineOfNoneIsLimitedAndPagesBackToAll() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        SyncAnswer first = alice.sync("");
        List<String> said = say(alice, room, "m", 3);
        String none = filter("{\"room\":{\"timeline\":{\"limit\":0}}}");

        SyncAnswer second = alice.since(first, none);

        assertEquals(List.of(), second.timeline(room));
        assertTrue(second.isLimited(room));
        assertEquals(
                said.reversed(), walk(alice, room, "b", second.prevBatch(room), first.next(), 10));
        assertFalse(alice.since(second, none).has(JOIN, room));
    }

    @Test
    void whatAFilterLeavesOutMakesNoTimelineLimited() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        SyncAnswer first = alice.sync("");
        IntStream.range(0, 15).forEach(n -> alice.send(room, "org.example.noise", "n" + n, "{}"));
        alice.say(room, "signal");
        String messages = filter("{\"room\":{\"timeline\":{\"types\":[\"m.room.message\"]}}}");

        SyncAnswer second = alice.since(first, messages);

        assertFalse(second.isLimited(room));
        assertEquals(List.of("signal"), texts(second.timeline(room)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"types":["m.room.message"]}               | plain,picture
                    {"types":["org.*"]}                        | custom
                    {"types":[]}                               |
                    {"not_types":["m.room.message"]}           | custom
                    {"types":["*"],"not_types":["org.ex*"]}    | plain,picture
                    {"senders":["BOB"]}                        | picture
                    {"not_senders":["BOB"]}                    | plain,custom
                    {"senders":["BOB"],"not_senders":["BOB"]}  |
                    {"contains_url":true}                      | picture
                    {"contains_url":false}                     | plain,custom
                    {"rooms":["ROOM"]}                         | plain,picture,custom
                    {"rooms":[]}                               |
                    {"not_rooms":["ROOM"]}                     |
                    {"not_rooms":["!other:hearth.test"]}       | plain,picture,custom
                    {"limit":2}                                | picture,custom
                    """)
    void aFilterForTheTimelineLetsThrough(String timeline, String expected) {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        SyncAnswer first = alice.sync("");
        alice.send(room, "m.room.message", "1", "{\"msgtype\":\"m.text\",\"body\":\"plain\"}");
        bob.send(
                room,
                "m.room.message",
                "2",
                "{\"msgtype\":\"m.image\",\"body\":\"picture\",\"url\":\"mxc://x/y\"}");
        alice.send(room, "org.example.custom", "3", "{\"body\":\"custom\"}");
        String filter =
                "{\"room\":{\"timeline\":%s}}"
                        .formatted(timeline.replace("BOB", bob.id()).replace("ROOM", room));

        SyncAnswer answer = alice.since(first, filter(filter));

        List<String> shown =
                answer.has(JOIN, room)
                        ? answer.timeline(room).stream()
                                .map(e -> e.object("content").orElseThrow())
                                .map(content -> content.string("body").orElseThrow())
                                .toList()
                        : List.of();
        List<String> wanted = expected == null ? List.of() : List.of(expected.split(","));
        assertEquals(wanted, shown);
    }

    @Test
    void aFilterByRoomsHidesAllOfTheOtherRooms() {
        SyncUser alice = user();
        String one = alice.publicRoom();
        String two = alice.publicRoom();
        String only = filter("{\"room\":{\"rooms\":[\"" + one + "\"]}}");
        String but = filter("{\"room\":{\"not_rooms\":[\"" + one + "\"]}}");

        assertEquals(
                List.of(true, false),
                List.of(alice.sync(only).has(JOIN, one), alice.sync(only).has(JOIN, two)));
        assertEquals(
                List.of(false, true),
                List.of(alice.sync(but).has(JOIN, one), alice.sync(but).has(JOIN, two)));
    }

    @Test
    void aStoredFilterCountsAsOneThatIsWrittenOut() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        String stored =
                alice.client()
                        .post(
                                "user/" + TestHearth.encoded(alice.id()) + "/filter",
                                "{\"room\":{\"timeline\":{\"limit\":2}}}")
                        .string("filter_id");

        assertEquals(2, alice.sync("filter=" + stored).timeline(room).size());
    }

    @Test
    void onlyTheFieldsThatAreAskedForComeBesidesTheRequiredOnes() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        alice.say(room, "body");
        String fields = filter("{\"event_fields\":[\"content.body\"]}");

        JsonObject event = only(alice.sync(fields).timeline(room), "m.room.message");

        assertEquals(JsonObject.of("body", "body"), event.object("content").orElseThrow());
        assertFalse(event.has("unsigned"));
    }

    @Test
    void onlyTheDeviceThatSentAnEventSeesItsTransactionIdAlsoAfterARestart() {
        SyncUser alice = user();
        SyncUser other = otherDevice(alice);
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        alice.client().say(room, "txn-7", "hello");
        alice.state(room, "m.room.topic", "", "{\"topic\":\"no transaction\"}");

        for (int run = 0; run < 2; run++) {
            List<JsonObject> own = alice.sync("").timeline(room);
            assertEquals(
                    Optional.of("txn-7"), unsigned(only(own, "m.room.message"), "transaction_id"));
            assertEquals(Optional.empty(), unsigned(only(own, "m.room.topic"), "transaction_id"));
            for (SyncUser viewer : List.of(other, bob)) {
                JsonObject seen = only(viewer.sync("").timeline(room), "m.room.message");
                assertEquals(Optional.empty(), unsigned(seen, "transaction_id"));
            }
            server().restart();
        }
    }

    @Test
    void aStateEventTellsWhatItReplaced() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        alice.name(room, "one");
        String one =
                only(alice.sync("").timeline(room), "m.room.name").string("event_id").orElseThrow();
        SyncAnswer before = alice.sync("");
        alice.name(room, "two");

        JsonObject two = only(alice.since(before).timeline(room), "m.room.name");

        assertEquals(Optional.of(one), unsigned(two, "replaces_state"));
        assertEquals(
                Optional.of(JsonObject.of("name", "one")),
                two.object("unsigned").flatMap(u -> u.object("prev_content")));
    }

    @Test
    void everyEventTellsTheAgeAndWhatTheReaderWasThenTheEventIncluded() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        alice.say(room, "early");
        alice.invite(room, bob);
        bob.join(room);
        alice.say(room, "late");

        List<JsonObject> timeline =
                bob.sync(filter("{\"room\":{\"timeline\":{\"limit\":4}}}")).timeline(room);

        assertEquals(
                List.of("leave", "invite", "join", "join"),
                timeline.stream()
                        .map(event -> unsigned(event, "membership").orElseThrow())
                        .toList());
        timeline.forEach(
                event -> {
                    long age = event.object("unsigned").orElseThrow().integer("age").orElseThrow();
                    assertTrue(age >= 0 && age < 60_000, event::toString);
                });
    }

    @Test
    void aRedactedEventSaysWhy() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        String event = alice.say(room, "regretted");
        String redact = "redact/" + TestHearth.encoded(event) + "/r1";
        ok(alice.client().put(TestClient.in(room, redact), "{\"reason\":\"typo\"}"));

        assertRedacted(only(alice.sync("").timeline(room), "m.room.message"));
    }

    @Test
    void aRedactedStateEventSaysWhyInTheStateToo() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        String event = alice.state(room, "m.room.topic", "", "{\"topic\":\"regretted\"}");
        String redact = "redact/" + TestHearth.encoded(event) + "/r1";
        ok(alice.client().put(TestClient.in(room, redact), "{\"reason\":\"typo\"}"));
        say(alice, room, "later", 10);

        assertRedacted(only(alice.sync("").events(JOIN, room, "state"), "m.room.topic"));
    }

    private static void assertRedacted(JsonObject shown) {
        assertEquals(Optional.of(JsonObject.EMPTY), shown.object("content"));
        JsonObject because =
                shown.object("unsigned").flatMap(u -> u.object("redacted_because")).orElseThrow();
        assertEquals("m.room.redaction", because.string("type").orElseThrow());
        assertEquals(
                Optional.of("typo"), because.object("content").flatMap(c -> c.string("reason")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "11", "12"})
    void theFederationFormatHasWhatServersSeeOfAnEvent(String version) {
        SyncUser alice = user();
        String room =
                alice.client()
                        .createRoom(
                                "{\"preset\":\"public_chat\",\"room_version\":\""
                                        + version
                                        + "\"}");
        String said = alice.say(room, "hello");
        alice.name(room, "named");
        String federation =
                "{\"event_format\":\"federation\",\"room\":{\"timeline\":{\"limit\":2}}}";

        SyncAnswer plain = alice.sync(filter(federation.replace("federation", "client")));
        SyncAnswer federated = alice.sync(filter(federation));

        JsonObject message = only(federated.timeline(room), "m.room.message");
        for (String name : List.of("auth_events", "prev_events", "depth", "hashes")) {
            assertTrue(message.has(name), name);
            assertFalse(only(plain.timeline(room), "m.room.message").has(name), name);
        }
        assertEquals(said, message.string("event_id").orElseThrow());
        assertEquals(room, message.string("room_id").orElseThrow());
        assertTrue(unsigned(message, "transaction_id").isPresent());
        JsonObject create = only(federated.events(JOIN, room, "state"), "m.room.create");
        assertEquals(JsonArray.EMPTY, create.array("prev_events").orElseThrow());
        assertEquals(!version.equals("12"), create.has("room_id"));
    }

    @Test
    void theFederationFormatAndSingleFieldsGoTogether() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        alice.say(room, "hello");
        String both = "{\"event_format\":\"federation\",\"event_fields\":[\"depth\"]}";

        JsonObject event = only(alice.sync(filter(both)).timeline(room), "m.room.message");

        assertTrue(event.has("depth"));
        assertFalse(event.has("hashes"));
    }
}
