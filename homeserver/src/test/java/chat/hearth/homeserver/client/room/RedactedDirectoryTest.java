package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import org.junit.jupiter.api.Test;

/// The directory shows what rooms say, and no longer what was redacted of it.
final class RedactedDirectoryTest extends AliceAndBob {
    @Test
    void aNameThatIsRedactedIsNotInTheDirectory() {
        String room = alice.createRoom("{\"visibility\":\"public\",\"preset\":\"public_chat\"}");
        String named = alice.state(room, "m.room.name", "", "{\"name\":\"insult\"}");
        assertTrue(directory().contains("insult"));

        alice.put(in(room, "redact/" + encoded(named) + "/txn"), "{}");

        assertTrue(directory().contains(room));
        assertFalse(directory().contains("insult"));
    }

    private String directory() {
        return bob.get("publicRooms").body().toString();
    }
}
