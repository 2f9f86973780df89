package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncServer.ALICE;
import static chat.hearth.homeserver.sync.SyncServer.BOB;
import static chat.hearth.homeserver.sync.SyncServer.CAROL;
import static chat.hearth.homeserver.sync.SyncServer.filter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.sync.SyncServer.Synced;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.create.Preset;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What of a room a sync shows, and in which section.
final class SyncSectionsTest {
    private static final String LAZY =
            filter("{\"room\":{\"state\":{\"lazy_load_members\":true}}}");

    @TempDir Path folder;
    private SyncServer server;

    @BeforeEach
    void start() {
        server = SyncServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<String> types(List<JsonObject> events) {
        return events.stream().map(event -> event.string("type").orElseThrow()).toList();
    }

    private static List<String> members(List<JsonObject> events) {
        return events.stream()
                .filter(event -> event.string("type").orElseThrow().equals("m.room.member"))
                .map(event -> event.string("state_key").orElseThrow())
                .sorted()
                .toList();
    }

    @Test
    void aGapIsLimitedAndItsStateChangesAreInTheStateSection() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        String since = server.sync(ALICE, "").next();
        server.state(room, ALICE, "m.room.topic", "", "{\"topic\":\"gap\"}");
        IntStream.range(0, 15).forEach(n -> server.say(room, ALICE, "m" + n));

        Synced synced = server.syncSince(ALICE, since);

        JsonObject timeline = synced.joined(room).object("timeline").orElseThrow();
        assertTrue(timeline.bool("limited").orElseThrow());
        assertEquals(10, synced.messages(room).size());
        assertEquals(List.of("m.room.topic"), types(synced.events(room, "state")));
    }

    @Test
    void stateInTheTimelineIsInTheStateAfterWhenThatIsAskedFor() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        String since = server.sync(ALICE, "").next();
        server.state(room, ALICE, "m.room.topic", "", "{\"topic\":\"new\"}");
        server.say(room, ALICE, "after");

        Synced before = server.syncSince(ALICE, since);
        Synced after = server.sync(ALICE, "use_state_after=true&since=" + since);

        assertEquals(List.of(), types(before.events(room, "state")));
        assertEquals(List.of("m.room.topic"), types(after.events(room, "state_after")));
        assertFalse(after.joined(room).has("state"));
    }

    @Test
    void lazyLoadingSendsSendersOnceAndOnlyThem() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        server.join(BOB, room);
        server.join(CAROL, room);
        server.state(room, ALICE, "m.room.name", "", "{\"name\":\"named\"}");
        IntStream.range(0, 10).forEach(n -> server.say(room, ALICE, "m" + n));

        Synced first = server.sync(BOB, LAZY);
        server.say(room, CAROL, "c1");
        Synced second = server.sync(BOB, LAZY + "&since=" + first.next());
        Synced lost = server.sync(BOB, LAZY + "&since=" + first.next());
        server.say(room, CAROL, "c2");
        Synced third = server.sync(BOB, LAZY + "&since=" + second.next());

        assertEquals(List.of(ALICE.value(), BOB.value()), members(first.events(room, "state")));
        assertEquals(List.of(CAROL.value()), members(second.events(room, "state")));
        assertEquals(
                List.of(CAROL.value()),
                members(lost.events(room, "state")),
                "an answer that was lost does not count");
        assertEquals(List.of(), members(third.events(room, "state")));
    }

    @Test
    void anInviteShowsStrippedStateWithTheCreateEvent() {
        RoomId room = server.room(ALICE, Preset.PRIVATE_CHAT);
        String since = server.sync(BOB, "").next();
        server.engine().memberships().invite(ALICE, BOB, room, null);

        Synced invited = server.syncSince(BOB, since);
        Synced again = server.syncSince(BOB, invited.next());

        List<JsonObject> events = Synced.events(invited.in("invite", room), "invite_state");
        assertTrue(types(events).contains("m.room.create"));
        assertTrue(members(events).contains(BOB.value()));
        assertTrue(events.stream().noneMatch(event -> event.has("event_id")));
        assertFalse(again.has("invite", room));
    }

    @Test
    void joiningShowsTheWholeRoomAndLeavingShowsItUpToThat() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        server.say(room, ALICE, "early");
        String since = server.sync(BOB, "").next();
        server.join(BOB, room);
        Synced joined = server.syncSince(BOB, since);
        server.say(room, ALICE, "seen");
        server.engine().memberships().leave(BOB, room, null);
        server.say(room, ALICE, "unseen");
        Synced left = server.syncSince(BOB, joined.next());
        Synced after = server.syncSince(BOB, left.next());

        assertTrue(joined.messages(room).contains("early"));
        List<JsonObject> timeline = Synced.events(left.in("leave", room), "timeline");
        assertEquals(List.of("m.room.message", "m.room.member"), types(timeline));
        assertFalse(left.has("join", room));
        assertFalse(after.has("leave", room));
    }

    @Test
    void aForgottenRoomIsNotShown() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        server.join(BOB, room);
        String since = server.sync(BOB, "").next();
        server.engine().memberships().leave(BOB, room, null);
        server.engine().memberships().forget(BOB, room);

        Synced synced = server.syncSince(BOB, since);

        assertFalse(synced.has("leave", room));
    }

    @Test
    void aTokenFromBeforeARestartGoesOnWhereItWas() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        server.join(BOB, room);
        String since = server.sync(BOB, "").next();
        server.say(room, ALICE, "before");
        server.restart();
        server.engine()
                .typing()
                .start(
                        server.engine().rooms().require(room).number(),
                        server.number(ALICE),
                        Duration.ofSeconds(30));
        server.say(room, ALICE, "after");

        Synced synced = server.syncSince(BOB, since);
        Synced next = server.syncSince(BOB, synced.next());

        assertEquals(List.of("before", "after"), synced.messages(room));
        assertEquals(2, synced.notifications(room));
        assertEquals(List.of("m.typing"), types(synced.events(room, "ephemeral")));
        assertFalse(next.has("join", room));
    }

    @Test
    void receiptsAreShownButNotThePrivateOnesOfOthers() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        server.join(BOB, room);
        var message = server.say(room, ALICE, "read me");
        String since = server.sync(BOB, "").next();
        server.receipt(room, ALICE, "m.read.private", "", message);
        server.receipt(room, BOB, "m.read.private", "main", message);

        Synced synced = server.syncSince(BOB, since);

        String ephemeral = synced.events(room, "ephemeral").toString();
        assertTrue(ephemeral.contains(BOB.value()), ephemeral);
        assertTrue(ephemeral.contains("\"thread_id\":\"main\""), ephemeral);
        assertFalse(ephemeral.contains(ALICE.value()), ephemeral);
    }

    @Test
    void accountDataIsShownWhenItChangesAndPushRulesAreWhole() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        Synced first = server.sync(ALICE, "");
        server.accountData(ALICE, null, "m.direct", "{\"a\":[]}");
        server.accountData(ALICE, room, "m.tag", "{\"tags\":{}}");
        Synced second = server.syncSince(ALICE, first.next());

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
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        server.join(BOB, room);
        server.accountData(
                BOB,
                null,
                "m.ignored_user_list",
                "{\"ignored_users\":{\"%s\":{}}}".formatted(ALICE));
        String since = server.sync(BOB, "").next();
        server.say(room, ALICE, "unwanted");
        RoomId other = server.room(ALICE, Preset.PRIVATE_CHAT);
        server.engine().memberships().invite(ALICE, BOB, other, null);

        Synced synced = server.syncSince(BOB, since);

        assertFalse(synced.has("join", room));
        assertFalse(synced.has("invite", other));
    }

    @Test
    void presenceOfThoseWhoShareARoomIsShown() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);
        server.join(BOB, room);
        String since = server.sync(BOB, "set_presence=offline").next();
        server.sync(ALICE, "");
        server.presence().tick();

        Synced synced = server.sync(BOB, "set_presence=offline&since=" + since);

        JsonObject event = Synced.events(synced.body(), "presence").getFirst();
        assertEquals(ALICE.value(), event.string("sender").orElseThrow());
    }

    @Test
    void aTokenOfTheFutureStartsAnew() {
        RoomId room = server.room(ALICE, Preset.PUBLIC_CHAT);

        Synced synced = server.syncSince(ALICE, "s999999999_1_1_other");

        assertTrue(synced.has("join", room));
        assertTrue(types(synced.events(room, "timeline")).contains("m.room.member"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    since=garbage                  | M_UNKNOWN
                    since=                         | M_UNKNOWN
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
        HttpResponse<byte[]> response = server.exchange(ALICE, query);

        assertEquals(400, response.statusCode());
        assertEquals(
                errcode, JsonReader.readObject(response.body()).string("errcode").orElseThrow());
    }
}
