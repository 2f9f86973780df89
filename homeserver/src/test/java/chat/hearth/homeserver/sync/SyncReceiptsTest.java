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
    private static final int MORE_THAN_ARE_SHOWN = 20_010;

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
        receipts(room, event, bob, "m.read.private");
        receipts(room, event, bob, "m.read");
        carol.receipt(room, "m.read", event, "{\"thread_id\":\"main\"}");

        SyncAnswer answer = alice.sync("");

        assertTrue(types(answer.events(JOIN, room, "ephemeral")).contains("m.receipt"));
        String shown =
                answer.events(JOIN, room, "ephemeral").stream()
                        .map(JsonObject::toString)
                        .collect(Collectors.joining());
        assertTrue(shown.contains(carol.id()), "the newest");
        assertTrue(shown.contains(alice.id()), "one's own");
        assertTrue(shown.contains("m.read.private"), "one's own private one");
        assertEquals(
                1, shown.split("m.read.private", -1).length - 1, "but nobody else's private ones");
    }

    /// Writes more receipts of a user than are shown, each in a thread of its own.
    private void receipts(String room, String event, SyncUser user, String type) {
        Stores stores = server().stores();
        int number = stores.identifiers().findRoom(new RoomId(room)).orElseThrow();
        long read = stores.events().position(new EventId(event)).orElseThrow();
        int reader = server().number(user.id());
        server().database()
                .journal()
                .write(
                        tx -> {
                            long position = 0;
                            for (int i = 0; i < MORE_THAN_ARE_SHOWN; i++) {
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
