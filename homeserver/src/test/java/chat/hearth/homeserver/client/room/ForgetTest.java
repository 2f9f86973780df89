package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.filter;
import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.event.Room;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Forgetting a room takes nothing away that came after it was left, and lasts until the user comes
/// nearer again. See [Leaving
/// rooms](https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms).
final class ForgetTest extends AliceAndBob {
    private static final String WITH_LEFT = filter("{\"room\":{\"include_leave\":true}}");

    @Test
    void whoIsInvitedWhileForgettingIsInvited() throws InterruptedException {
        for (int round = 0; round < 40; round++) {
            String room = alice.createRoom("{\"preset\":\"private_chat\"}");
            alice.invite(room, bob);
            bob.join(room);
            bob.leave(room);
            Thread forgetting = Thread.ofVirtual().start(() -> bob.post(in(room, "forget"), "{}"));
            alice.invite(room, bob);
            forgetting.join();

            assertEquals(Membership.INVITE, membership(room), "round " + round);
        }
    }

    @Test
    void aForgottenRoomStaysForgottenWhenItsUserIsBannedAndUnbanned() {
        String room = alice.room("public_chat");
        bob.join(room);
        bob.leave(room);
        bob.post(in(room, "forget"), "{}");
        String since = bob.sync("").next();
        String target = JsonObject.of("user_id", bob.userId()).toString();

        for (String deed : new String[] {"ban", "unban"}) {
            assertEquals("200", alice.post(in(room, deed), target).outcome());
            assertFalse(bob.syncSince(since).has("leave", room), deed);
            assertFalse(bob.sync(WITH_LEFT).has("leave", room), deed);
            assertEquals("403 M_FORBIDDEN", bob.get(in(room, "messages?dir=b")).outcome(), deed);
        }
    }

    @Test
    void whoIsInvitedAgainKnowsTheRoomAgain() {
        String room = alice.room("public_chat");
        bob.join(room);
        bob.leave(room);
        bob.post(in(room, "forget"), "{}");
        alice.invite(room, bob);
        assertTrue(bob.sync("").has("invite", room));
        bob.leave(room);
        assertTrue(bob.sync(WITH_LEFT).has("leave", room));
    }

    @ParameterizedTest
    @CsvSource({"world_readable, 200, 200", "shared, 403 M_FORBIDDEN, 404 M_NOT_FOUND"})
    void aForgottenRoomIsClosedToEveryReadUnlessEverybodyMayReadIt(
            String visibility, String list, String single) {
        String room = alice.room("public_chat");
        alice.state(
                room,
                "m.room.history_visibility",
                "",
                "{\"history_visibility\":\"" + visibility + "\"}");
        bob.join(room);
        String event = encoded(alice.say(room, "hello"));
        bob.leave(room);
        bob.post(in(room, "forget"), "{}");
        for (String path : List.of("messages?dir=b", "state", "members")) {
            assertEquals(list, bob.get(in(room, path)).outcome(), path);
        }
        for (String path : List.of("event/" + event, "context/" + event)) {
            assertEquals(single, bob.get(in(room, path)).outcome(), path);
        }
    }

    private Membership membership(String id) {
        Room room = server.engine().rooms().require(new RoomId(id));
        return server.stores()
                .memberships()
                .find(room.number(), server.number(bob.userId()))
                .orElseThrow()
                .state();
    }
}
