package chat.hearth.rooms.create;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.TestRooms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many bans follow a replaced room in small writes, whatever happens meanwhile.
final class BanTransferTest {
    private static final int BANS = 2 * BanTransfer.BATCH + 20;

    private TestRooms rooms;
    private RoomId old;

    @BeforeEach
    void start(@TempDir Path directory) {
        rooms = TestRooms.sqlite(directory);
        rooms.addAccount(ALICE);
        rooms.addAccount(BOB);
        old = rooms.create(RoomVersion.V11);
        ban(old, BANS);
    }

    @AfterEach
    void stop() {
        rooms.close();
    }

    private static UserId target(int i) {
        return TestRooms.user("banned" + i);
    }

    private void ban(RoomId room, int count) {
        JsonObject ban = JsonObject.of("membership", "ban").with("reason", text("spam"));
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drafts.add(EventDraft.state(ALICE, EventTypes.MEMBER, target(i).value(), ban));
        }
        rooms.engine().pipeline().sendAll(room, drafts);
    }

    private static chat.hearth.protocol.json.JsonString text(String text) {
        return new chat.hearth.protocol.json.JsonString(text);
    }

    private RoomId upgrade(UserId user, RoomId room, RoomVersion version) {
        RoomEngine engine = rooms.engine();
        return new RoomUpgrade(
                        engine.rooms(),
                        rooms.stores(),
                        engine.creation(),
                        engine.profiles(),
                        engine.states(),
                        engine.settings(),
                        engine.bans())
                .upgrade(user, room, version, JsonArray.EMPTY);
    }

    private int bans(RoomId room) {
        return rooms.room(room).state().members().with(Membership.BAN).length;
    }

    private long writes() {
        return rooms.database().metrics().writes().sum();
    }

    @Test
    void theFirstBansComeWithTheRoomAndTheOthersInWritesOfTheirOwn() {
        RoomId made = upgrade(ALICE, old, RoomVersion.V12);
        assertEquals(BanTransfer.BATCH, bans(made));

        long before = writes();
        rooms.engine().bans().goOn();
        assertEquals(2 * BanTransfer.BATCH, bans(made));
        assertEquals(before + 1, writes());

        finish(made);
        assertEquals(BANS, bans(made));
        int last = rooms.number(target(BANS - 1));
        long position = rooms.room(made).state().members().position(last);
        String json =
                new String(
                        rooms.stores().events().byPosition(position).orElseThrow().clientJson(),
                        StandardCharsets.UTF_8);
        assertEquals("spam", reason(json));

        long done = writes();
        rooms.engine().bans().goOn();
        rooms.engine().bans().resume();
        assertEquals(done, writes(), "nothing is left to do");
    }

    private static String reason(String json) {
        return JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8))
                .object("content")
                .flatMap(content -> content.string("reason"))
                .orElse("");
    }

    private void finish(RoomId made) {
        int turns = 0;
        while (rooms.stores().bans().find(rooms.room(made).number()).isPresent()) {
            rooms.engine().bans().goOn();
            assertEquals(true, ++turns < 10, "it comes to an end");
        }
    }

    @Test
    void aCrashOnTheWayLosesNoBan() {
        RoomId made = upgrade(ALICE, old, RoomVersion.V12);
        rooms.reopen();
        rooms.engine().bans().goOn();
        rooms.reopen();
        finish(made);
        assertEquals(BANS, bans(made));
    }

    @Test
    void whoCameInBeforeTheirBanIsPutOutAndWhomSomebodyLetGoIsNot() {
        RoomId made = upgrade(ALICE, old, RoomVersion.V12);
        rooms.join(target(BANS - 1), made);
        rooms.engine().memberships().ban(ALICE, target(BANS - 2), made, null);
        rooms.engine().memberships().unban(ALICE, target(BANS - 2), made, null);
        finish(made);
        assertEquals(Membership.BAN, membership(made, BANS - 1));
        assertEquals(Membership.LEAVE, membership(made, BANS - 2));
    }

    private Membership membership(RoomId room, int i) {
        return rooms.room(room).state().members().membership(rooms.number(target(i)));
    }

    @Test
    void aRoomWhoseBansAreOnTheirWayIsNotReplaced() {
        RoomId made = upgrade(ALICE, old, RoomVersion.V12);
        MatrixException refused =
                assertThrows(MatrixException.class, () -> upgrade(ALICE, made, RoomVersion.V11));
        assertEquals(429, refused.status());
        finish(made);
        RoomId next = upgrade(ALICE, made, RoomVersion.V11);
        finish(next);
        assertEquals(BANS, bans(next));
    }

    @Test
    void whoMayNotBanTakesNoManyBansAlong() {
        rooms.join(BOB, old);
        String levels =
                """
                {"users": {"%s": 100, "%s": 50}, "ban": 60, "events": {"m.room.tombstone": 50}}
                """
                        .formatted(ALICE.value(), BOB.value());
        rooms.state(old, ALICE, "m.room.power_levels", "", levels);
        MatrixException refused =
                assertThrows(MatrixException.class, () -> upgrade(BOB, old, RoomVersion.V11));
        assertEquals(403, refused.status());
        assertEquals(BANS, bans(upgrade(ALICE, old, RoomVersion.V11)) + BANS - BanTransfer.BATCH);
    }
}
