package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static chat.hearth.homeserver.sync.SyncAnswer.types;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Change;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.Stores;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which receipts are shown of a room with more than fit into an answer.
final class SyncReceiptsTest extends SyncOnBothDatabases {
    private static final int MORE_THAN_ARE_SHOWN = EphemeralEvents.RECEIPTS_MAX + 10;

    @Test
    void ofTooManyReceiptsTheNewestAreShownAndOnesOwnInAnyCase() {
        SyncUser alice = user();
        SyncUser bob = user();
        SyncUser carol = user();
        String room = alice.publicRoom();
        bob.join(room);
        carol.join(room);
        String event = alice.say(room, "read me");
        alice.receipt(room, "m.read", event, "{\"thread_id\":\"main\"}");
        alice.receipt(room, "m.read.private", event, "{}");
        receipts(room, event, bob, "m.read.private", MORE_THAN_ARE_SHOWN);
        receipts(room, event, bob, "m.read", MORE_THAN_ARE_SHOWN);
        carol.receipt(room, "m.read", event, "{\"thread_id\":\"main\"}");

        SyncAnswer answer = alice.sync("");

        assertTrue(types(answer.events(JOIN, room, "ephemeral")).contains("m.receipt"));
        String shown = shown(answer, room);
        assertTrue(shown.contains(carol.id()), "the newest");
        assertTrue(shown.contains(alice.id()), "one's own");
        assertTrue(shown.contains("m.read.private"), "one's own private one");
        assertEquals(
                1, shown.split("m.read.private", -1).length - 1, "but nobody else's private ones");
        assertEquals(EphemeralEvents.RECEIPTS_MAX, count(shown));
    }

    @Test
    void aRoomWithManyReceiptsLeavesSomeToTheOthers() {
        SyncUser alice = user();
        SyncUser bob = user();
        String busy = alice.publicRoom();
        String quiet = alice.publicRoom();
        bob.join(busy);
        bob.join(quiet);
        receipts(busy, alice.say(busy, "read me"), bob, "m.read", MORE_THAN_ARE_SHOWN);
        receipts(quiet, alice.say(quiet, "read me"), bob, "m.read", 100);

        SyncAnswer answer = alice.sync("");

        assertEquals(100, count(shown(answer, quiet)));
        int ofBusy = count(shown(answer, busy));
        assertTrue(
                ofBusy > EphemeralEvents.RECEIPTS_MAX / 2 && ofBusy < EphemeralEvents.RECEIPTS_MAX,
                () -> ofBusy + " receipts");
    }

    private static String shown(SyncAnswer answer, String room) {
        return answer.events(JOIN, room, "ephemeral").stream()
                .map(JsonObject::toString)
                .collect(Collectors.joining());
    }

    private static int count(String receipts) {
        return receipts.split("\"ts\":", -1).length - 1;
    }

    /// Writes receipts of a user, each in a thread of its own.
    private void receipts(String room, String event, SyncUser user, String type, int count) {
        Stores stores = server().stores();
        int number = stores.identifiers().findRoom(new RoomId(room)).orElseThrow();
        long read = stores.events().position(new EventId(event)).orElseThrow();
        int reader = server().number(user.id());
        server().database()
                .journal()
                .write(
                        tx -> {
                            long position = 0;
                            for (int i = 0; i < count; i++) {
                                position = tx.nextPosition();
                                String thread = "t" + i;
                                stores.receipts()
                                        .put(
                                                tx,
                                                new Receipt(
                                                        number, reader, type, thread, read, 1,
                                                        position));
                            }
                            tx.announce(new Change(position, Change.Kind.RECEIPT, number, reader));
                            return position;
                        });
    }
}
