package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.INVITE;
import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static chat.hearth.homeserver.sync.SyncAnswer.KNOCK;
import static chat.hearth.homeserver.sync.SyncAnswer.LEAVE;
import static chat.hearth.homeserver.sync.SyncAnswer.members;
import static chat.hearth.homeserver.sync.SyncAnswer.only;
import static chat.hearth.homeserver.sync.SyncAnswer.texts;
import static chat.hearth.homeserver.sync.SyncAnswer.types;
import static chat.hearth.homeserver.sync.SyncUser.filter;
import static chat.hearth.homeserver.sync.SyncUser.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In which section a room is shown, and up to where, as a user comes and goes.
final class SyncMembershipTest extends SyncOnBothDatabases {
    private static final String WITH_LEFT = filter("{\"room\":{\"include_leave\":true}}");
    private static final Set<String> STRIPPED = Set.of("type", "state_key", "content", "sender");

    @Test
    void anInviteShowsWhatHelpsToRecogniseTheRoomAndNothingElse() {
        SyncUser alice = user();
        SyncUser bob = user();
        SyncAnswer before = bob.sync("");
        String room =
                alice.client()
                        .createRoom(
                                """
                                {"preset":"private_chat","name":"Garden","topic":"Roses",
                                "initial_state":[
                                {"type":"m.room.encryption","content":{"algorithm":"a.b.c"}},
                                {"type":"m.room.avatar","content":{"url":"mxc://x/y"}},
                                {"type":"org.example.secret","content":{"s":1}}]}
                                """);
        alice.say(room, "not for guests at the door");
        alice.invite(room, bob);

        SyncAnswer invited = bob.since(before);

        List<JsonObject> shown = invited.events(INVITE, room, "invite_state");
        assertEquals(
                List.of(
                        "m.room.create",
                        "m.room.join_rules",
                        "m.room.name",
                        "m.room.avatar",
                        "m.room.topic",
                        "m.room.encryption",
                        "m.room.member",
                        "m.room.member"),
                types(shown));
        assertEquals(List.of(alice.id(), bob.id()), members(shown));
        shown.subList(0, 7).forEach(event -> assertEquals(STRIPPED, event.names()));
        JsonObject own = shown.getLast().without(STRIPPED.toArray(String[]::new));
        assertEquals(Set.of("event_id", "origin_server_ts"), own.names());
        assertTrue(own.integer("origin_server_ts").orElseThrow() > 0);
        assertEquals(Set.of("invite_state"), invited.in(INVITE, room).names());
        assertFalse(invited.has(JOIN, room));
        assertFalse(bob.since(invited).has(INVITE, room), "it is told once");
        assertTrue(bob.since(invited, "full_state=true").has(INVITE, room));
        assertTrue(bob.sync("").has(INVITE, room));
    }

    @Test
    void anInviteShowsTheRoomAsItWasThen() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.privateRoom();
        alice.name(room, "then");
        alice.invite(room, bob);
        alice.name(room, "now");

        JsonObject name = only(bob.sync("").events(INVITE, room, "invite_state"), "m.room.name");

        assertEquals("then", name.object("content").orElseThrow().string("name").orElseThrow());
    }

    @Test
    void aRejectedInviteIsLeftWithNothingButThat() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.privateRoom();
        alice.invite(room, bob);
        SyncAnswer invited = bob.sync("");
        bob.leave(room);
        alice.say(room, "unheard");

        SyncAnswer left = bob.since(invited);

        assertFalse(left.has(INVITE, room));
        assertEquals(List.of("m.room.member"), types(left.events(LEAVE, room, "timeline")));
        assertEquals(
                Optional.of("invite"),
                left.events(LEAVE, room, "timeline")
                        .getFirst()
                        .object("unsigned")
                        .flatMap(unsigned -> unsigned.object("prev_content"))
                        .flatMap(content -> content.string("membership")));
        assertEquals(List.of(), left.events(LEAVE, room, "state"));
        assertFalse(bob.since(left).has(LEAVE, room));
        assertFalse(bob.sync("").has(LEAVE, room));
    }

    @Test
    void anInviteTakenBackBeforeTheNextSyncIsOnlyLeft() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.privateRoom();
        SyncAnswer before = bob.sync("");
        alice.invite(room, bob);
        alice.kick(room, bob);

        SyncAnswer after = bob.since(before);

        assertFalse(after.has(INVITE, room));
        assertEquals(Set.of(LEAVE), after.body().object("rooms").orElseThrow().names());
    }

    @Test
    void aKnockShowsTheRoomInKnockStateUntilItIsAnswered() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.privateRoom();
        alice.name(room, "Behind the door");
        alice.state(room, "m.room.join_rules", "", "{\"join_rule\":\"knock\"}");
        SyncAnswer before = bob.sync("");
        ok(bob.client().post("knock/" + TestHearth.encoded(room), "{}"));

        SyncAnswer knocked = bob.since(before);
        alice.invite(room, bob);
        SyncAnswer invited = bob.since(knocked);

        List<JsonObject> shown = knocked.events(KNOCK, room, "knock_state");
        assertEquals(List.of(bob.id()), members(shown));
        assertTrue(types(shown).contains("m.room.name"));
        List<JsonObject> others = shown.subList(0, shown.size() - 1);
        others.forEach(event -> assertEquals(STRIPPED, event.names()));
        assertTrue(shown.getLast().has("event_id"));
        assertTrue(invited.has(INVITE, room));
        assertFalse(invited.has(KNOCK, room));
    }

    @Test
    void aKnockTakenBackIsLeft() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.privateRoom();
        alice.state(room, "m.room.join_rules", "", "{\"join_rule\":\"knock\"}");
        ok(bob.client().post("knock/" + TestHearth.encoded(room), "{}"));
        SyncAnswer knocked = bob.sync("");
        bob.leave(room);

        SyncAnswer left = bob.since(knocked);

        assertTrue(knocked.has(KNOCK, room));
        assertEquals(List.of("m.room.member"), types(left.events(LEAVE, room, "timeline")));
    }

    @Test
    void whoIsKickedSeesTheRoomUpToTheKick() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        SyncAnswer before = bob.sync("");
        alice.say(room, "seen");
        alice.kick(room, bob);
        alice.say(room, "unseen");
        alice.name(room, "unseen");

        SyncAnswer kicked = bob.since(before);

        List<JsonObject> timeline = kicked.events(LEAVE, room, "timeline");
        assertEquals(List.of("m.room.message", "m.room.member"), types(timeline));
        assertEquals(alice.id(), timeline.getLast().string("sender").orElseThrow());
        assertEquals(bob.id(), timeline.getLast().string("state_key").orElseThrow());
        assertFalse(kicked.has(JOIN, room));
        assertFalse(bob.since(kicked).has(LEAVE, room));
    }

    @Test
    void whoIsBannedSeesTheRoomUpToTheBanAndABanAfterLeavingAlone() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        SyncAnswer before = bob.sync("");
        alice.say(room, "seen");
        alice.ban(room, bob);
        alice.say(room, "unseen");
        SyncAnswer banned = bob.since(before);
        ok(alice.post(room, "unban", "{\"user_id\":\"" + bob.id() + "\"}"));
        SyncAnswer unbanned = bob.since(banned);

        assertEquals(
                List.of("m.room.message", "m.room.member"),
                types(banned.events(LEAVE, room, "timeline")));
        assertEquals(List.of("m.room.member"), types(unbanned.events(LEAVE, room, "timeline")));
        assertEquals(List.of(), unbanned.events(LEAVE, room, "state"));
    }

    @Test
    void aRoomLeftLongAgoIsShownOnlyWhenTheFilterAsksForIt() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        alice.name(room, "while bob was there");
        alice.say(room, "seen");
        bob.leave(room);
        alice.say(room, "unseen");
        alice.name(room, "unseen");

        SyncAnswer without = bob.sync("");
        SyncAnswer with = bob.sync(WITH_LEFT);

        assertFalse(without.has(LEAVE, room));
        List<JsonObject> timeline = with.events(LEAVE, room, "timeline");
        assertEquals(List.of("seen"), texts(timeline));
        assertEquals(
                bob.id(), timeline.getLast().string("state_key").orElseThrow(), "it ends there");
        assertFalse(with.in(LEAVE, room).toString().contains("unseen"));
        assertFalse(bob.since(with, WITH_LEFT).has(LEAVE, room));
    }

    @Test
    void aForgottenRoomIsNotShownEvenWhenTheFilterAsksForLeftOnes() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        bob.leave(room);
        ok(bob.post(room, "forget", "{}"));

        assertFalse(bob.sync(WITH_LEFT).has(LEAVE, room));
        bob.join(room);
        assertTrue(bob.sync("").has(JOIN, room));
    }

    @Test
    void whoComesBackGetsTheWholeRoomAnew() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        alice.name(room, "old");
        bob.join(room);
        bob.leave(room);
        SyncAnswer away = bob.sync("");
        alice.name(room, "new");
        for (int i = 0; i < 12; i++) {
            alice.say(room, "m" + i);
        }
        bob.join(room);

        SyncAnswer back = bob.since(away);

        assertTrue(back.isLimited(room));
        List<JsonObject> state = back.events(JOIN, room, "state");
        assertTrue(types(state).contains("m.room.create"));
        JsonObject name = only(state, "m.room.name").object("content").orElseThrow();
        assertEquals("new", name.string("name").orElseThrow());
        assertTrue(back.in(JOIN, room).has("summary"));
        assertFalse(back.has(LEAVE, room));
    }

    @Test
    void whoLeavesAndComesBackBetweenTwoSyncsMissesNothingOfAPublicRoom() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        SyncAnswer before = bob.sync("");
        bob.leave(room);
        alice.say(room, "between");
        bob.join(room);

        SyncAnswer back = bob.since(before);

        assertEquals(
                List.of("m.room.member", "m.room.message", "m.room.member"),
                types(back.timeline(room)));
        assertFalse(back.isLimited(room));
        assertFalse(back.has(LEAVE, room));
    }

    @Test
    void whatWasSaidWhileAwayStaysUnseenWhereHistoryIsForMembers() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        alice.state(room, "m.room.history_visibility", "", "{\"history_visibility\":\"joined\"}");
        bob.join(room);
        SyncAnswer before = bob.sync("");
        alice.say(room, "one");
        bob.leave(room);
        alice.say(room, "behind closed doors");
        bob.join(room);
        alice.say(room, "two");

        assertEquals(List.of("one", "two"), texts(bob.since(before).timeline(room)));
    }

    @ParameterizedTest
    @CsvSource({"joined,", "invited,", "joined,use_state_after=true", "shared,"})
    void whoComesBackKnowsTheStateHoweverMuchOfWhatHappenedIsHidden(
            String visibility, String query) {
        SyncUser alice = user();
        SyncUser bob = user();
        SyncUser carol = user();
        String room = alice.publicRoom();
        alice.state(
                room,
                "m.room.history_visibility",
                "",
                "{\"history_visibility\":\"%s\"}".formatted(visibility));
        bob.join(room);
        SyncAnswer before = bob.sync("");
        alice.name(room, "seen");
        bob.leave(room);
        alice.name(room, "while bob was away");
        carol.join(room);
        bob.join(room);
        alice.say(room, "welcome back");

        SyncAnswer back = bob.since(before, query == null ? "" : query);
        SyncAnswer anew = bob.sync(query == null ? "" : query);

        for (SyncAnswer answer : List.of(back, anew)) {
            assertEquals("while bob was away", nameInTheEnd(answer, room), answer::toString);
            assertTrue(members(known(answer, room)).contains(carol.id()), answer::toString);
            assertEquals(List.of("welcome back"), texts(answer.timeline(room)));
        }
    }

    /// What a client learns of a room, in the order in which it does.
    private static List<JsonObject> known(SyncAnswer answer, String room) {
        var events = new ArrayList<>(answer.events(JOIN, room, "state"));
        events.addAll(answer.timeline(room));
        events.addAll(answer.events(JOIN, room, "state_after"));
        return events;
    }

    private static String nameInTheEnd(SyncAnswer answer, String room) {
        return known(answer, room).stream()
                .filter(event -> event.string("type").orElseThrow().equals("m.room.name"))
                .toList()
                .getLast()
                .object("content")
                .flatMap(content -> content.string("name"))
                .orElseThrow();
    }
}
