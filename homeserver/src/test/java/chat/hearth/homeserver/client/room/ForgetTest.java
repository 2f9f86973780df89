package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.rooms.event.Room;
import org.junit.jupiter.api.Test;

/// Forgetting a room takes nothing away that came after it was left.
final class ForgetTest extends AliceAndBob {
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

    private Membership membership(String id) {
        Room room = server.engine().rooms().require(new RoomId(id));
        return server.stores()
                .memberships()
                .find(room.number(), server.number(bob.userId()))
                .orElseThrow()
                .state();
    }
}
