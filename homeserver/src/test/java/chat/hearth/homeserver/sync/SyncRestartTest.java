package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.INVITE;
import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static chat.hearth.homeserver.sync.SyncAnswer.KNOCK;
import static chat.hearth.homeserver.sync.SyncAnswer.LEAVE;
import static chat.hearth.homeserver.sync.SyncAnswer.texts;
import static chat.hearth.homeserver.sync.SyncAnswer.types;
import static chat.hearth.homeserver.sync.SyncUser.filter;
import static chat.hearth.homeserver.sync.SyncUser.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A token is worth the same however often and however late it comes, a restart of the server
/// between or not.
final class SyncRestartTest extends SyncOnBothDatabases {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingThatHappenedSinceATokenIsMissing(boolean restart) {
        SyncUser alice = user();
        SyncUser bob = user();
        String talked = alice.publicRoom();
        String read = alice.publicRoom();
        String tagged = alice.publicRoom();
        String left = alice.publicRoom();
        String joined = alice.publicRoom();
        String quiet = alice.publicRoom();
        String invited = alice.privateRoom();
        String knocked = alice.privateRoom();
        alice.state(knocked, "m.room.join_rules", "", "{\"join_rule\":\"knock\"}");
        List.of(talked, read, tagged, left, quiet).forEach(bob::join);
        String event = alice.say(read, "read me");
        SyncAnswer before = bob.sync("");

        alice.say(talked, "news");
        alice.receipt(read, "m.read", event, "{}");
        bob.accountData(
                "rooms/" + TestHearth.encoded(tagged) + "/account_data/m.tag", "{\"tags\":{}}");
        bob.accountData("account_data/org.example", "{}");
        bob.leave(left);
        bob.join(joined);
        alice.invite(invited, bob);
        ok(bob.client().post("knock/" + TestHearth.encoded(knocked), "{}"));
        if (restart) {
            server().restart();
        }

        SyncAnswer after = bob.since(before);

        assertEquals(List.of("news"), texts(after.timeline(talked)));
        assertTrue(types(after.events(JOIN, read, "ephemeral")).contains("m.receipt"));
        assertEquals(List.of("m.tag"), types(after.events(JOIN, tagged, "account_data")));
        assertEquals(List.of("org.example"), types(after.events("account_data")));
        assertEquals(List.of("m.room.member"), types(after.events(LEAVE, left, "timeline")));
        assertTrue(after.in(JOIN, joined).has("summary"));
        assertTrue(after.has(INVITE, invited));
        assertTrue(after.has(KNOCK, knocked));
        assertFalse(after.has(JOIN, quiet));
        SyncAnswer last = bob.since(after);
        assertFalse(last.body().has("rooms"), last::toString);
        assertFalse(last.body().has("account_data"), last::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSameTokenBringsTheSameAgain(boolean restart) {
        SyncUser alice = user();
        String room = alice.publicRoom();
        SyncAnswer before = alice.sync("");
        alice.say(room, "one");
        alice.name(room, "two");
        SyncAnswer first = alice.since(before);
        alice.say(room, "three");
        if (restart) {
            server().restart();
        }

        SyncAnswer again = alice.since(before);

        assertEquals(List.of("m.room.message", "m.room.name"), types(first.timeline(room)));
        assertEquals(List.of("one", "three"), texts(again.timeline(room)));
        assertEquals(List.of("three"), texts(alice.since(first).timeline(room)));
    }

    @Test
    void theTokenOfOneUserOnlyTellsWhatTheOtherMaySee() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.privateRoom();
        SyncAnswer ofAlice = alice.sync("");
        alice.say(room, "secret");

        assertFalse(bob.since(ofAlice).body().has("rooms"));
    }

    @Test
    void whoWasKickedPagesBackFromThereButNotOn() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        for (int i = 0; i < 12; i++) {
            alice.say(room, "seen" + i);
        }
        SyncAnswer before = bob.sync("");
        for (int i = 12; i < 24; i++) {
            alice.say(room, "seen" + i);
        }
        alice.kick(room, bob);
        alice.say(room, "unseen");

        SyncAnswer kicked = bob.since(before);

        JsonObject timeline = kicked.in(LEAVE, room).object("timeline").orElseThrow();
        assertEquals(true, timeline.bool("limited").orElseThrow());
        List<String> shown = texts(kicked.events(LEAVE, room, "timeline"));
        assertEquals("seen23", shown.getLast());
        String from = TestHearth.encoded(timeline.string("prev_batch").orElseThrow());
        Answer back =
                bob.client().get(TestClient.in(room, "messages?dir=b&limit=100&from=" + from));
        List<String> older =
                texts(
                        back.body().array("chunk").orElseThrow().values().stream()
                                .map(JsonObject.class::cast)
                                .toList());
        assertEquals(24, older.size() + shown.size());
        assertEquals("seen0", older.getLast());
        Answer on =
                bob.client()
                        .get(
                                TestClient.in(
                                        room,
                                        "messages?dir=f&from="
                                                + TestHearth.encoded(kicked.next())));
        assertFalse(on.body().toString().contains("unseen"), on::toString);
    }

    @Test
    void aFilterForTheStateLetsThroughWhatItNames() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        alice.name(room, "n");
        for (int i = 0; i < 10; i++) {
            alice.say(room, "m" + i);
        }
        String names = filter("{\"room\":{\"state\":{\"types\":[\"m.room.name\"]}}}");
        String others = filter("{\"room\":{\"state\":{\"not_senders\":[\"" + alice.id() + "\"]}}}");
        String noneAtAll = filter("{\"room\":{\"state\":{\"limit\":0}}}");
        String none = filter("{\"room\":{\"state\":{\"not_rooms\":[\"" + room + "\"]}}}");

        assertEquals(List.of("m.room.name"), types(bob.sync(names).events(JOIN, room, "state")));
        assertEquals(List.of("m.room.member"), types(bob.sync(others).events(JOIN, room, "state")));
        assertEquals(List.of(), bob.sync(none).events(JOIN, room, "state"));
        assertEquals(List.of(), bob.sync(noneAtAll).events(JOIN, room, "state"));
    }

    @Test
    void aTimelineIsNoLongerThanTheServerAllows() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        SyncAnswer before = alice.sync("");
        for (int i = 0; i < 101; i++) {
            alice.say(room, "m" + i);
        }

        SyncAnswer all =
                alice.since(before, filter("{\"room\":{\"timeline\":{\"limit\":1000000}}}"));

        assertEquals(100, all.timeline(room).size());
        assertTrue(all.isLimited(room));
    }
}
