package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static chat.hearth.homeserver.sync.SyncUser.filter;
import static chat.hearth.homeserver.sync.SyncUser.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
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
