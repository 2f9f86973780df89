package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.LEAVE;
import static chat.hearth.homeserver.sync.SyncAnswer.only;
import static chat.hearth.homeserver.sync.SyncAnswer.texts;
import static chat.hearth.homeserver.sync.SyncAnswer.types;
import static chat.hearth.homeserver.sync.SyncUser.filter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A room that was left is shown as it was then, whatever became of the membership afterwards.
final class SyncLeftRoomTest extends SyncOnBothDatabases {
    private static final String OF_ONE = "\"timeline\":{\"limit\":1}";
    private static final String LAST = filter("{\"room\":{" + OF_ONE + "}}");
    private static final String WITH_LEFT = filter("{\"room\":{\"include_leave\":true}}");
    private static final String LAST_WITH_LEFT =
            filter("{\"room\":{\"include_leave\":true," + OF_ONE + "}}");

    /// How a membership ends in two steps.
    enum Ending {
        A_KICK_BECOMES_A_BAN {
            @Override
            void end(SyncUser alice, SyncUser bob, String room, Runnable between) {
                alice.kick(room, bob);
                between.run();
                alice.ban(room, bob);
            }
        },
        AN_INVITE_TO_COME_BACK_IS_TURNED_DOWN {
            @Override
            void end(SyncUser alice, SyncUser bob, String room, Runnable between) {
                bob.leave(room);
                between.run();
                alice.invite(room, bob);
                bob.leave(room);
            }
        };

        abstract void end(SyncUser alice, SyncUser bob, String room, Runnable between);
    }

    private SyncUser alice;
    private SyncUser bob;
    private String room;

    @BeforeEach
    void makeTheRoom() {
        alice = user();
        bob = user();
        room = alice.publicRoom();
        bob.join(room);
    }

    private static String nameIn(List<JsonObject> events) {
        return only(events, "m.room.name")
                .object("content")
                .flatMap(content -> content.string("name"))
                .orElseThrow();
    }

    @Test
    void accountDataOfALeftRoomDoesNotBringItIntoAnInitialSync() {
        bob.accountData("rooms/" + room + "/account_data/org.example.note", "{}");
        bob.leave(room);
        assertFalse(bob.sync("").has(LEAVE, room));
        assertTrue(bob.sync(WITH_LEFT).has(LEAVE, room));
    }

    private void hideThings() {
        alice.name(room, "hidden");
        alice.say(room, "hidden");
    }

    @ParameterizedTest
    @EnumSource
    void theStateUpToTheLeavingIsThereThoughTheMembershipChangedOnceMore(Ending ending) {
        SyncAnswer before = bob.sync("");
        alice.name(room, "seen");
        ending.end(alice, bob, room, this::hideThings);

        SyncAnswer left = bob.since(before, LAST);
        SyncAnswer after = bob.since(before, LAST + "&use_state_after=true");

        assertEquals(List.of("m.room.member"), types(left.events(LEAVE, room, "timeline")));
        assertEquals("seen", nameIn(left.events(LEAVE, room, "state")));
        assertEquals("seen", nameIn(after.events(LEAVE, room, "state_after")));
        assertFalse(left.toString().contains("hidden"), left::toString);
        assertFalse(after.toString().contains("hidden"), after::toString);
        assertFalse(bob.since(left).has(LEAVE, room));
    }

    @ParameterizedTest
    @EnumSource
    void whoNeverHadTheRoomIsShownItUpToTheLeaving(Ending ending) {
        alice.name(room, "seen");
        alice.say(room, "seen");
        ending.end(alice, bob, room, this::hideThings);

        SyncAnswer last = bob.sync(LAST_WITH_LEFT);
        SyncAnswer more = bob.sync(WITH_LEFT);

        assertEquals(List.of("m.room.member"), types(last.events(LEAVE, room, "timeline")));
        assertEquals("seen", nameIn(last.events(LEAVE, room, "state")));
        assertTrue(types(last.events(LEAVE, room, "state")).contains("m.room.create"));
        assertEquals(List.of("seen"), texts(more.events(LEAVE, room, "timeline")));
        assertEquals(
                bob.id(),
                more.events(LEAVE, room, "timeline").getLast().string("state_key").orElseThrow());
        assertFalse(last.toString().contains("hidden"), last::toString);
        assertFalse(more.toString().contains("hidden"), more::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "joined"})
    void whoCameBackAndLeftAgainKnowsTheStateOfTheSecondLeaving(String visibility) {
        alice.state(
                room,
                "m.room.history_visibility",
                "",
                "{\"history_visibility\":\"%s\"}".formatted(visibility));
        SyncAnswer before = bob.sync("");
        alice.name(room, "seen");
        bob.leave(room);
        alice.name(room, "while bob was away");
        bob.join(room);
        bob.leave(room);
        hideThings();

        SyncAnswer left = bob.since(before);

        List<JsonObject> names =
                Stream.of("state", "timeline")
                        .flatMap(list -> left.events(LEAVE, room, list).stream())
                        .filter(event -> event.string("type").orElseThrow().equals("m.room.name"))
                        .toList();
        assertEquals("while bob was away", nameIn(List.of(names.getLast())));
        assertFalse(left.toString().contains("hidden"), left::toString);
    }

    @Test
    void aBanLongAfterTheLeavingComesAlone() {
        bob.leave(room);
        SyncAnswer away = bob.sync("");
        hideThings();
        alice.ban(room, bob);

        SyncAnswer banned = bob.since(away);

        assertEquals(List.of("m.room.member"), types(banned.events(LEAVE, room, "timeline")));
        assertEquals(List.of(), banned.events(LEAVE, room, "state"));
    }
}
