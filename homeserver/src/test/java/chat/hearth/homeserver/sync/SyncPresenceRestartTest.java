package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.Synced;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.presence.PresenceTracker;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What clients were told of others' presence is taken back, restarts or not, and those who meet
/// are told of each other.
final class SyncPresenceRestartTest extends AliceAndBob {
    private static final String UNSEEN = "set_presence=offline";

    private void comes(String status) {
        String path = "presence/" + TestHearth.encoded(alice.userId()) + "/status";
        String message = "{\"presence\":\"online\",\"status_msg\":\"%s\"}".formatted(status);
        assertEquals(200, alice.put(path, message).status());
        tick();
    }

    private void tick() {
        server.personal().presence().tick();
    }

    private List<String> heard(Synced synced) {
        if (!synced.body().has("presence")) {
            return List.of();
        }
        return Synced.events(synced.body(), "presence").stream()
                .filter(event -> event.string("sender").equals(Optional.of(alice.userId())))
                .map(event -> event.object("content").orElseThrow())
                .map(content -> content.string("presence").orElseThrow())
                .toList();
    }

    private Synced since(Synced last) {
        return bob.sync(UNSEEN + "&since=" + TestHearth.encoded(last.next()));
    }

    @Test
    void whoDoesNotComeBackAfterARestartIsToldOffline() {
        bob.join(alice.room("public_chat"));
        comes("here");
        Synced before = bob.sync(UNSEEN);
        server.restart();
        tick();
        Synced between = since(before);
        server.pass(PresenceTracker.GONE);
        tick();

        assertEquals(List.of("online"), heard(before));
        assertEquals(List.of("offline"), heard(since(before)), "by the token from before");
        assertEquals(List.of("offline"), heard(since(between)), "by the token from after");
        assertEquals(List.of(), heard(bob.sync(UNSEEN)), "by none");
    }

    @Test
    void statusMessagesSurviveARestart() {
        bob.join(alice.room("public_chat"));
        comes("at the hearth");
        server.restart();

        JsonObject status =
                bob.get("presence/" + TestHearth.encoded(alice.userId()) + "/status").body();

        assertEquals(Optional.of("at the hearth"), status.string("status_msg"));
    }

    @Test
    void whoJoinsIsToldWhoIsThere() {
        String room = alice.room("public_chat");
        comes("here");
        Synced before = bob.sync(UNSEEN);
        bob.join(room);

        assertEquals(List.of("online"), heard(since(before)));
    }

    @Test
    void whoIsThereIsToldOfWhoJoins() {
        String room = bob.room("public_chat");
        comes("here");
        Synced before = bob.sync(UNSEEN);
        alice.join(room);
        tick();

        assertEquals(List.of("online"), heard(since(before)));
    }
}
