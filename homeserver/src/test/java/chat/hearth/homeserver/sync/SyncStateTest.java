package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static chat.hearth.homeserver.sync.SyncAnswer.members;
import static chat.hearth.homeserver.sync.SyncAnswer.only;
import static chat.hearth.homeserver.sync.SyncAnswer.texts;
import static chat.hearth.homeserver.sync.SyncAnswer.types;
import static chat.hearth.homeserver.sync.SyncUser.filter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The state that goes with timelines: at their start or at their end, of all members or of some.
final class SyncStateTest extends SyncOnBothDatabases {
    private static final String AFTER = "use_state_after=true";
    private static final String LAZY =
            filter("{\"room\":{\"state\":{\"lazy_load_members\":true}}}");
    private static final String LAZY_OF_ONE =
            filter(
                    "{\"room\":{\"timeline\":{\"limit\":1},"
                            + "\"state\":{\"lazy_load_members\":true}}}");
    private static final String REDUNDANT =
            filter(
                    "{\"room\":{\"state\":{\"lazy_load_members\":true,"
                            + "\"include_redundant_members\":true}}}");

    private static void say(SyncUser user, String room, int count) {
        say(user, room, "m", count);
    }

    private static void say(SyncUser user, String room, String text, int count) {
        IntStream.range(0, count).forEach(n -> user.say(room, text + n));
    }

    private static String nameIn(List<JsonObject> events) {
        return only(events, "m.room.name")
                .object("content")
                .flatMap(content -> content.string("name"))
                .orElseThrow();
    }

    @Test
    void fullStateShowsEveryRoomWithItsStateHoweverQuietItIs() {
        SyncUser alice = user();
        String quiet = alice.publicRoom();
        String lively = alice.publicRoom();
        alice.name(quiet, "quiet");
        SyncAnswer first = alice.sync("");
        alice.say(lively, "news");

        SyncAnswer full = alice.since(first, "full_state=true");

        assertEquals(List.of(), full.timeline(quiet));
        assertEquals("quiet", nameIn(full.events(JOIN, quiet, "state")));
        assertEquals(List.of("news"), texts(full.timeline(lively)));
        assertTrue(types(full.events(JOIN, lively, "state")).contains("m.room.create"));
        assertTrue(full.in(JOIN, quiet).has("summary"));
        assertFalse(alice.since(full).has(JOIN, quiet));
    }

    @Test
    void fullStateWithoutATokenIsAFirstSync() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        alice.name(room, "n");

        SyncAnswer plain = alice.sync("");
        SyncAnswer full = alice.sync("full_state=true");

        assertEquals(types(plain.timeline(room)), types(full.timeline(room)));
        assertEquals(
                types(plain.events(JOIN, room, "state")), types(full.events(JOIN, room, "state")));
    }

    @Test
    void fullStateAnswersAtOnce() {
        SyncUser alice = user();
        alice.publicRoom();
        SyncAnswer first = alice.sync("");
        long before = System.nanoTime();

        alice.since(first, "full_state=true&timeout=30000");

        assertTrue(System.nanoTime() - before < 30_000_000_000L);
    }

    @Test
    void theStateOfAFirstSyncIsThatBeforeItsTimeline() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        alice.name(room, "before");
        say(alice, room, 9);
        alice.name(room, "in the timeline");

        SyncAnswer before = alice.sync("");
        SyncAnswer after = alice.sync(AFTER);

        assertEquals("before", nameIn(before.events(JOIN, room, "state")));
        assertEquals("in the timeline", nameIn(before.timeline(room)));
        assertEquals("in the timeline", nameIn(after.events(JOIN, room, "state_after")));
        assertFalse(after.in(JOIN, room).has("state"));
        assertFalse(before.in(JOIN, room).has("state_after"));
    }

    @Test
    void whatChangedWithoutAGapIsInTheTimelineAndInTheStateAfter() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        SyncAnswer first = alice.sync("");
        alice.name(room, "one");
        alice.name(room, "two");
        alice.say(room, "m");

        SyncAnswer before = alice.since(first);
        SyncAnswer after = alice.since(first, AFTER);

        assertEquals(List.of(), before.events(JOIN, room, "state"));
        assertEquals("two", nameIn(after.events(JOIN, room, "state_after")));
        assertEquals(
                List.of("m.room.name", "m.room.name", "m.room.message"),
                types(after.timeline(room)));
    }

    @Test
    void whatChangedInAGapIsInTheStateAndWhatCameLaterOnlyInTheStateAfter() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        SyncAnswer first = alice.sync("");
        alice.name(room, "in the gap");
        alice.state(room, "m.room.topic", "", "{\"topic\":\"in the gap\"}");
        say(alice, room, 9);
        alice.name(room, "later");

        SyncAnswer before = alice.since(first);
        SyncAnswer after = alice.since(first, AFTER);

        assertTrue(before.isLimited(room));
        assertEquals("in the gap", nameIn(before.events(JOIN, room, "state")));
        assertEquals(
                List.of("m.room.name", "m.room.topic"),
                types(before.events(JOIN, room, "state")).stream().sorted().toList());
        assertEquals("later", nameIn(after.events(JOIN, room, "state_after")));
        assertEquals(
                List.of("m.room.name", "m.room.topic"),
                types(after.events(JOIN, room, "state_after")).stream().sorted().toList());
    }

    @Test
    void onlyMessagesChangeNoStateAfter() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        SyncAnswer first = alice.sync("");
        say(alice, room, 15);

        SyncAnswer after = alice.since(first, AFTER);

        assertTrue(after.isLimited(room));
        assertEquals(List.of(), after.events(JOIN, room, "state_after"));
        assertTrue(after.in(JOIN, room).has("state_after"));
    }

    @Test
    void stateThatTheTimelineLeavesOutIsInTheState() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        SyncAnswer first = alice.sync("");
        alice.name(room, "left out");
        alice.say(room, "kept");
        String messages = filter("{\"room\":{\"timeline\":{\"types\":[\"m.room.message\"]}}}");

        SyncAnswer before = alice.since(first, messages);

        assertEquals(List.of("m.room.message"), types(before.timeline(room)));
        assertEquals("left out", nameIn(before.events(JOIN, room, "state")));
    }

    @Test
    void stateThatTheTimelineLeavesOutBetweenItsEventsIsInTheStateAfter() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        SyncAnswer first = alice.sync("");
        alice.say(room, "one");
        alice.name(room, "left out");
        alice.say(room, "two");
        String messages = filter("{\"room\":{\"timeline\":{\"types\":[\"m.room.message\"]}}}");

        SyncAnswer after = alice.since(first, AFTER + "&" + messages);

        assertEquals(List.of("one", "two"), texts(after.timeline(room)));
        assertEquals("left out", nameIn(after.events(JOIN, room, "state_after")));
    }

    @Test
    void whoStartsAnewOrComesBackIsSentMembersAnew() {
        SyncUser alice = user();
        SyncUser bob = user();
        SyncUser carol = user();
        String room = alice.publicRoom();
        alice.name(room, "n");
        bob.join(room);
        carol.join(room);
        SyncAnswer before = bob.sync(LAZY);
        carol.say(room, "hello");
        bob.since(bob.since(before, LAZY), LAZY);
        say(alice, room, 10);

        SyncAnswer anew = bob.sync(LAZY);
        carol.say(room, "to one who starts anew");
        SyncAnswer started = bob.since(anew, LAZY);
        bob.leave(room);
        SyncAnswer away = bob.since(started, LAZY);
        say(alice, room, "more", 10);
        bob.join(room);
        SyncAnswer back = bob.since(away, LAZY_OF_ONE);
        carol.say(room, "to one who is back");

        assertFalse(members(anew.events(JOIN, room, "state")).contains(carol.id()));
        assertEquals(List.of(carol.id()), members(started.events(JOIN, room, "state")));
        assertFalse(members(back.events(JOIN, room, "state")).contains(carol.id()));
        assertEquals(
                List.of(carol.id()), members(bob.since(back, LAZY).events(JOIN, room, "state")));
    }

    @Test
    void lazyLoadingSendsTheSendersAndOneself() {
        SyncUser alice = user();
        SyncUser bob = user();
        SyncUser carol = user();
        String room = alice.publicRoom();
        alice.name(room, "named, so nobody is a hero");
        bob.join(room);
        carol.join(room);
        say(alice, room, 10);

        SyncAnswer first = bob.sync(LAZY);
        carol.say(room, "hello");
        SyncAnswer second = bob.since(first, LAZY);
        carol.say(room, "again");
        SyncAnswer third = bob.since(second, LAZY);

        assertEquals(
                List.of(alice.id(), bob.id()).stream().sorted().toList(),
                members(first.events(JOIN, room, "state")));
        assertEquals(List.of(carol.id()), members(second.events(JOIN, room, "state")));
        assertEquals(List.of(), members(third.events(JOIN, room, "state")));
    }

    @Test
    void redundantMembersComeEachTimeWhenTheyAreAskedFor() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        say(alice, room, 10);
        SyncAnswer first = bob.sync(REDUNDANT);
        alice.say(room, "one");
        SyncAnswer second = bob.since(first, REDUNDANT);
        alice.say(room, "two");
        SyncAnswer third = bob.since(second, REDUNDANT);

        assertEquals(List.of(alice.id()), members(second.events(JOIN, room, "state")));
        assertEquals(List.of(alice.id()), members(third.events(JOIN, room, "state")));
    }

    @Test
    void membersThatChangedInAGapAreSentThoughTheySaidNothing() {
        SyncUser alice = user();
        SyncUser bob = user();
        SyncUser carol = user();
        String room = alice.publicRoom();
        alice.name(room, "n");
        bob.join(room);
        SyncAnswer first = bob.sync(LAZY_OF_ONE);
        carol.join(room);
        alice.say(room, "one");
        alice.say(room, "two");

        SyncAnswer second = bob.since(first, LAZY_OF_ONE);

        assertTrue(second.isLimited(room));
        assertTrue(members(second.events(JOIN, room, "state")).contains(carol.id()));
    }

    @Test
    void lazyLoadingWithTheStateAfterSendsTheSendersOfTheTimeline() {
        SyncUser alice = user();
        SyncUser bob = user();
        SyncUser carol = user();
        String room = alice.publicRoom();
        alice.name(room, "n");
        bob.join(room);
        carol.join(room);
        say(alice, room, 10);

        SyncAnswer first = bob.sync(LAZY + "&" + AFTER);
        carol.say(room, "hello");
        SyncAnswer second = bob.since(first, LAZY + "&" + AFTER);

        assertEquals(
                List.of(alice.id(), bob.id()).stream().sorted().toList(),
                members(first.events(JOIN, room, "state_after")));
        assertEquals(List.of(carol.id()), members(second.events(JOIN, room, "state_after")));
    }

    private static List<String> heroes(SyncAnswer answer, String room) {
        return summary(answer, room)
                .array("m.heroes")
                .orElse(JsonArray.EMPTY)
                .strings()
                .orElseThrow();
    }

    private static JsonObject summary(SyncAnswer answer, String room) {
        return answer.in(JOIN, room).object("summary").orElseThrow();
    }

    @Test
    void aRoomWithoutANameIsNamedAfterItsMembersWhoseEventsAreThere() {
        SyncUser alice = user();
        SyncUser bob = user();
        SyncUser carol = user();
        String room = alice.publicRoom();
        bob.join(room);
        alice.invite(room, carol);
        say(alice, room, 10);

        SyncAnswer first = alice.sync(LAZY);

        assertEquals(List.of(bob.id(), carol.id()), heroes(first, room));
        assertEquals(2, summary(first, room).integer("m.joined_member_count").orElseThrow());
        assertEquals(1, summary(first, room).integer("m.invited_member_count").orElseThrow());
        assertTrue(
                members(first.events(JOIN, room, "state"))
                        .containsAll(List.of(bob.id(), carol.id())));
    }

    @Test
    void heroesAreAtMostFiveAndNoneInARoomWithAName() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        List<SyncUser> others = IntStream.range(0, 6).mapToObj(_ -> user()).toList();
        others.forEach(other -> other.join(room));
        SyncAnswer first = alice.sync("");
        alice.name(room, "named");
        SyncAnswer named = alice.since(first);

        assertEquals(others.stream().limit(5).map(SyncUser::id).toList(), heroes(first, room));
        assertEquals(List.of(), heroes(named, room));
        assertEquals(7, summary(named, room).integer("m.joined_member_count").orElseThrow());
    }

    @Test
    void whoIsLeftAloneSeesWhoWasThere() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        SyncAnswer first = alice.sync("");
        bob.leave(room);

        SyncAnswer alone = alice.since(first);

        assertEquals(List.of(bob.id()), heroes(alone, room));
        assertEquals(1, summary(alone, room).integer("m.joined_member_count").orElseThrow());
    }

    @Test
    void theSummaryComesOnlyWhenItChanged() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        SyncAnswer first = alice.sync("");
        alice.say(room, "no news of members");
        SyncAnswer second = alice.since(first);
        bob.join(room);
        SyncAnswer third = alice.since(second);

        assertFalse(second.in(JOIN, room).has("summary"));
        assertEquals(2, summary(third, room).integer("m.joined_member_count").orElseThrow());
    }
}
