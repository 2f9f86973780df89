package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.Synced.types;
import static chat.hearth.homeserver.TestClient.filter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.Synced;
import chat.hearth.homeserver.TestClient;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What of a room a sync shows, and in which section.
final class SyncSectionsTest extends AliceAndBob {
    private static final String LAZY =
            filter("{\"room\":{\"state\":{\"lazy_load_members\":true}}}");

    private static List<String> members(List<JsonObject> events) {
        return events.stream()
                .filter(event -> event.string("type").orElseThrow().equals("m.room.member"))
                .map(event -> event.string("state_key").orElseThrow())
                .sorted()
                .toList();
    }

    @Test
    void aGapIsLimitedAndItsStateChangesAreInTheStateSection() {
        String room = alice.room("public_chat");
        String since = alice.sync("").next();
        alice.state(room, "m.room.topic", "", "{\"topic\":\"gap\"}");
        IntStream.range(0, 15).forEach(n -> alice.say(room, "m" + n));

        Synced synced = alice.syncSince(since);

        JsonObject timeline = synced.joined(room).object("timeline").orElseThrow();
        assertTrue(timeline.bool("limited").orElseThrow());
        assertEquals(10, synced.messages(room).size());
        assertEquals(List.of("m.room.topic"), types(synced.events(room, "state")));
    }

    @Test
    void stateInTheTimelineIsInTheStateAfterWhenThatIsAskedFor() {
        String room = alice.room("public_chat");
        String since = alice.sync("").next();
        alice.state(room, "m.room.topic", "", "{\"topic\":\"new\"}");
        alice.say(room, "after");

        Synced before = alice.syncSince(since);
        Synced after = alice.sync("use_state_after=true&since=" + since);

        assertEquals(List.of(), types(before.events(room, "state")));
        assertEquals(List.of("m.room.topic"), types(after.events(room, "state_after")));
        assertFalse(after.joined(room).has("state"));
    }

    @Test
    void lazyLoadingSendsSendersOnceAndOnlyThem() {
        String room = alice.room("public_chat");
        bob.join(room);
        TestClient carol = server.register("carol");
        carol.join(room);
        alice.state(room, "m.room.name", "", "{\"name\":\"named\"}");
        IntStream.range(0, 10).forEach(n -> alice.say(room, "m" + n));

        Synced first = bob.sync(LAZY);
        carol.say(room, "c1");
        Synced second = bob.sync(LAZY + "&since=" + first.next());
        Synced lost = bob.sync(LAZY + "&since=" + first.next());
        carol.say(room, "c2");
        Synced third = bob.sync(LAZY + "&since=" + second.next());

        assertEquals(List.of(alice.userId(), bob.userId()), members(first.events(room, "state")));
        assertEquals(List.of(carol.userId()), members(second.events(room, "state")));
        assertEquals(
                List.of(carol.userId()),
                members(lost.events(room, "state")),
                "an answer that was lost does not count");
        assertEquals(List.of(), members(third.events(room, "state")));
    }

    @Test
    void anInviteShowsStrippedStateWithTheCreateEvent() {
        String room = alice.room("private_chat");
        String since = bob.sync("").next();
        alice.invite(room, bob);

        Synced invited = bob.syncSince(since);
        Synced again = bob.syncSince(invited.next());

        List<JsonObject> events = Synced.events(invited.in("invite", room), "invite_state");
        assertTrue(types(events).contains("m.room.create"));
        assertTrue(members(events).contains(bob.userId()));
        assertEquals(
                List.of(bob.userId()),
                members(events.stream().filter(event -> event.has("event_id")).toList()));
        assertFalse(again.has("invite", room));
    }

    @Test
    void joiningShowsTheWholeRoomAndLeavingShowsItUpToThat() {
        String room = alice.room("public_chat");
        alice.say(room, "early");
        String since = bob.sync("").next();
        bob.join(room);
        Synced joined = bob.syncSince(since);
        alice.say(room, "seen");
        bob.leave(room);
        alice.say(room, "unseen");
        Synced left = bob.syncSince(joined.next());
        Synced after = bob.syncSince(left.next());

        assertTrue(joined.messages(room).contains("early"));
        List<JsonObject> timeline = Synced.events(left.in("leave", room), "timeline");
        assertEquals(List.of("m.room.message", "m.room.member"), types(timeline));
        assertFalse(left.has("join", room));
        assertFalse(after.has("leave", room));
    }

    @Test
    void aForgottenRoomIsShownOnceMoreToWhoKnewIt() {
        String room = alice.room("public_chat");
        bob.join(room);
        String since = bob.sync("").next();
        bob.leave(room);
        bob.post(TestClient.in(room, "forget"), "{}");

        Synced synced = bob.syncSince(since);

        assertTrue(synced.has("leave", room));
        assertFalse(bob.syncSince(synced.next()).has("leave", room));
        assertFalse(bob.sync("").has("leave", room));
    }

    @Test
    void aForgottenRoomIsNotShownToWhoDidNotKnowIt() {
        String room = alice.room("public_chat");
        String since = bob.sync("").next();
        bob.join(room);
        bob.leave(room);
        bob.post(TestClient.in(room, "forget"), "{}");

        assertFalse(bob.syncSince(since).has("leave", room));
    }

    @Test
    void aTokenFromBeforeARestartGoesOnWhereItWas() {
        String room = alice.room("public_chat");
        bob.join(room);
        String since = bob.sync("").next();
        alice.say(room, "before");
        server.restart();
        alice.put(
                TestClient.in(room, "typing/" + alice.userId()),
                "{\"typing\":true,\"timeout\":30000}");
        alice.say(room, "after");

        Synced synced = bob.syncSince(since);
        Synced next = bob.syncSince(synced.next());

        assertEquals(List.of("before", "after"), synced.messages(room));
        assertEquals(2, synced.notifications(room));
        assertEquals(List.of(), types(synced.events(room, "ephemeral")));
        assertFalse(next.has("join", room));
    }

    @Test
    void receiptsAreShownButNotThePrivateOnesOfOthers() {
        String room = alice.room("public_chat");
        bob.join(room);
        var message = alice.say(room, "read me");
        String since = bob.sync("").next();
        alice.receipt(room, "m.read.private", null, message);
        bob.receipt(room, "m.read.private", "main", message);

        Synced synced = bob.syncSince(since);

        String ephemeral = synced.events(room, "ephemeral").toString();
        assertTrue(ephemeral.contains(bob.userId()), ephemeral);
        assertTrue(ephemeral.contains("\"thread_id\":\"main\""), ephemeral);
        assertFalse(ephemeral.contains(alice.userId()), ephemeral);
    }

    @Test
    void accountDataIsShownWhenItChangesAndPushRulesAreWhole() {
        String room = alice.room("public_chat");
        Synced first = alice.sync("");
        alice.accountData(null, "m.direct", "{\"a\":[]}");
        alice.accountData(room, "m.tag", "{\"tags\":{}}");
        Synced second = alice.syncSince(first.next());

        JsonObject rules = Synced.events(first.body(), "account_data").getFirst();
        assertEquals("m.push_rules", rules.string("type").orElseThrow());
        assertTrue(
                rules.object("content")
                        .orElseThrow()
                        .object("global")
                        .orElseThrow()
                        .has("override"));
        assertEquals(List.of("m.direct"), types(Synced.events(second.body(), "account_data")));
        assertEquals(List.of("m.tag"), types(second.events(room, "account_data")));
    }

    @Test
    void messagesAndInvitesOfIgnoredUsersAreNotShown() {
        String room = alice.room("public_chat");
        bob.join(room);
        bob.accountData(
                null,
                "m.ignored_user_list",
                "{\"ignored_users\":{\"%s\":{}}}".formatted(alice.userId()));
        String since = bob.sync("").next();
        alice.say(room, "unwanted");
        String other = alice.room("private_chat");
        alice.invite(other, bob);

        Synced synced = bob.syncSince(since);

        assertFalse(synced.has("join", room));
        assertFalse(synced.has("invite", other));
    }

    @Test
    void receiptsOfIgnoredUsersAreNotShown() {
        String room = alice.room("public_chat");
        bob.join(room);
        String message = bob.say(room, "read me");
        bob.accountData(
                null,
                "m.ignored_user_list",
                "{\"ignored_users\":{\"%s\":{}}}".formatted(alice.userId()));
        String since = bob.sync("").next();
        alice.receipt(room, "m.read", null, message);
        bob.receipt(room, "m.read", null, message);

        String ephemeral = bob.syncSince(since).events(room, "ephemeral").toString();

        assertTrue(ephemeral.contains(bob.userId()), ephemeral);
        assertFalse(ephemeral.contains(alice.userId()), ephemeral);
    }

    @Test
    void presenceOfThoseWhoShareARoomIsShown() {
        String room = alice.room("public_chat");
        bob.join(room);
        String since = bob.sync("").next();
        alice.sync("set_presence=online");
        server.personal().presence().tick();

        Synced synced = bob.syncSince(since);

        JsonObject event = Synced.events(synced.body(), "presence").getFirst();
        assertEquals(alice.userId(), event.string("sender").orElseThrow());
    }

    @Test
    void aTokenOfTheFutureStartsAnew() {
        String room = alice.room("public_chat");

        Synced synced = alice.syncSince("s999999999_1_1_other");

        assertTrue(synced.has("join", room));
        assertTrue(types(synced.events(room, "timeline")).contains("m.room.member"));
    }

    @Test
    void anEmptyTokenIsNoToken() {
        String room = alice.room("public_chat");

        assertTrue(alice.sync("since=&filter=&timeout=0").has("join", room));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    since=garbage                  | M_UNKNOWN
                    since=s1_2                     | M_UNKNOWN
                    since=s99999999999999999999    | M_UNKNOWN
                    filter=17                      | M_INVALID_PARAM
                    filter=x                       | M_INVALID_PARAM
                    filter=%7B                     | M_NOT_JSON
                    filter=%7B%22room%22:1%7D      | M_BAD_JSON
                    timeout=-1                     | M_INVALID_PARAM
                    timeout=abc                    | M_INVALID_PARAM
                    full_state=yes                 | M_INVALID_PARAM
                    set_presence=busy              | M_INVALID_PARAM
                    """)
    void whatIsMalformedIsRefused(String query, String errcode) {
        assertEquals("400 " + errcode, alice.get("sync?" + query).outcome());
    }
}
