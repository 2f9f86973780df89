package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static chat.hearth.homeserver.sync.SyncUser.filter;
import static chat.hearth.homeserver.sync.SyncUser.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.stream.StreamToken;
import chat.hearth.rooms.typing.TypingTracker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who is shown typing to whom.
final class SyncTypingTest extends SyncOnBothDatabases {
    private SyncUser alice;
    private SyncUser bob;
    private String room;

    @BeforeEach
    void makeTheRoom() {
        alice = user();
        bob = user();
        room = alice.publicRoom();
    }

    private void types(SyncUser user) {
        String path = TestClient.in(room, "typing/" + TestHearth.encoded(user.id()));
        ok(user.client().put(path, "{\"typing\":true,\"timeout\":120000}"));
    }

    private void stops(SyncUser user) {
        String path = TestClient.in(room, "typing/" + TestHearth.encoded(user.id()));
        ok(user.client().put(path, "{\"typing\":false}"));
    }

    @Test
    void whoComesLaterSeesWhoIsTypingAlready() {
        SyncAnswer before = bob.sync("");
        types(alice);
        SyncAnswer typed = bob.since(before);
        bob.join(room);

        SyncAnswer joined = bob.since(typed);

        assertEquals(List.of(alice.id()), joined.typing(room));
        assertEquals(List.of(alice.id()), bob.sync("").typing(room));
    }

    @Test
    void whoComesIntoAQuietRoomIsToldOfNobody() {
        SyncAnswer before = bob.sync("");
        bob.join(room);

        assertEquals(List.of(), bob.since(before).events(JOIN, room, "ephemeral"));
    }

    @Test
    void whoWantsNoEphemeralEventsIsNotToldWhoTypes() {
        bob.join(room);
        SyncAnswer before = bob.sync("");
        types(alice);

        assertFalse(
                bob.since(before, filter("{\"room\":{\"ephemeral\":{\"limit\":0}}}"))
                        .has(JOIN, room));
    }

    @Test
    void ignoredUsersAreNotShownTyping() {
        SyncUser carol = user();
        bob.join(room);
        carol.join(room);
        bob.accountData(
                "account_data/m.ignored_user_list",
                "{\"ignored_users\":{\"%s\":{}}}".formatted(alice.id()));
        SyncAnswer before = bob.sync("");
        types(alice);
        types(carol);

        assertEquals(List.of(carol.id()), bob.since(before).typing(room));
    }

    @Test
    void whoWasAwayOverARestartIsToldThatNobodyTypesAnyMore() {
        bob.join(room);
        types(alice);
        SyncAnswer typed = bob.sync("");

        server().restart();

        SyncAnswer after = bob.since(typed);
        assertEquals(List.of(alice.id()), typed.typing(room));
        assertEquals(List.of(), after.typing(room));
        assertFalse(bob.since(after).has(JOIN, room));
    }

    @Test
    void whoHeardSomethingElseMeanwhileIsToldThatNobodyTypesAnyMore() {
        bob.join(room);
        types(alice);
        String other = bob.publicRoom();
        SyncAnswer typed = bob.sync("");
        bob.say(other, "something else");
        SyncAnswer later = bob.since(typed);

        server().restart();

        assertFalse(later.has(JOIN, room));
        assertEquals(List.of(), bob.since(later).typing(room));
    }

    @Test
    void whoIsToldOfNobodyInOtherRoomsOverARestart() {
        bob.join(room);
        types(alice);
        bob.say(bob.publicRoom(), "quiet");
        SyncAnswer typed = bob.sync("");
        bob.say(room, "news");

        server().restart();

        JsonObject shown = bob.since(typed).in(JOIN, room);
        assertEquals(
                1, shown.object("ephemeral").flatMap(e -> e.array("events")).orElseThrow().size());
    }

    @Test
    void whoWasAwayForMoreChangesThanAreRememberedIsToldThatNobodyTypesAnyMore() {
        bob.join(room);
        types(alice);
        SyncAnswer typed = bob.sync("");
        stops(alice);
        TypingTracker typing = server().engine().typing();
        for (int i = 0; i < 4_100; i++) {
            typing.start(1_000_000 + i, 1, Duration.ofMinutes(1));
            typing.stop(1_000_000 + i, 1);
        }

        assertEquals(List.of(), bob.since(typed).typing(room));
    }

    @Test
    void whoIsToldOfManyRoomsIsToldOfNoMoreThanCanBeTakenBack() {
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < StreamToken.TYPISTS_MAX + 1; i++) {
            room = alice.publicRoom();
            rooms.add(room);
            bob.join(room);
            types(alice);
        }
        SyncAnswer typed = bob.sync("");

        server().restart();

        SyncAnswer after = bob.since(typed);
        List<String> told = rooms.stream().filter(each -> isToldOfTyping(typed, each)).toList();
        assertEquals(StreamToken.TYPISTS_MAX, told.size());
        told.forEach(each -> assertEquals(List.of(), after.typing(each)));
    }

    private static boolean isToldOfTyping(SyncAnswer answer, String room) {
        return SyncAnswer.types(answer.events(JOIN, room, "ephemeral")).contains("m.typing");
    }

    @Test
    void whoLeftIsToldNoMore() {
        bob.join(room);
        types(alice);
        SyncAnswer typed = bob.sync("");
        bob.leave(room);
        SyncAnswer left = bob.since(typed);

        server().restart();

        assertFalse(bob.since(left).has(JOIN, room));
    }

    @Test
    void madeUpTokensTellNothingOfOthersRooms() {
        SyncAnswer none = bob.sync("");

        SyncAnswer after = bob.sync("since=" + none.next() + "_1.2.3.999999999");

        assertFalse(after.body().has("rooms"));
        assertEquals(400, bob.client().get("sync?since=" + none.next() + "_1.2.x").status());
    }

    @Test
    void whoWaitsWhileTheServerStopsIsToldThatNobodyTypes() throws Exception {
        bob.join(room);
        types(alice);
        SyncAnswer begun = bob.sync("");
        CompletableFuture<SyncAnswer> waiting =
                CompletableFuture.supplyAsync(
                        () -> bob.since(begun, "timeout=30000"),
                        work -> Thread.ofVirtual().start(work));
        while (server().engine().feed().waiting() == 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }

        server().restart();

        SyncAnswer stopped = waiting.get(100, TimeUnit.SECONDS);
        assertEquals(List.of(alice.id()), begun.typing(room));
        assertEquals(List.of(), stopped.typing(room));
        assertFalse(bob.since(stopped).has(JOIN, room));
    }
}
