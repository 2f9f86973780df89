package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A page of the directory costs no more for the rooms that did not change.
final class PublicRoomsCostTest {
    private static final int ROOMS = 40;

    /// More than two groups.
    private static final int MANY_ROOMS = 120;

    /// The list of rooms, and the requester's token.
    private static final int STATEMENTS_MAX = 3;

    /// Membership counts, and places in the room's state with their events.
    private static final int STATEMENTS_PER_CHANGE_MAX = 20;

    /// Rooms are described in groups of fifty, each with one statement for who is in them, one for
    /// their states, and a few for the events; and what is read once for all.
    private static final int STATEMENTS_AFTER_START_MAX = 40;

    @TempDir private Path folder;

    @Test
    void afterAStartTheRoomsAreReadTogetherAndLookTheSame() {
        try (TestHearth server = TestHearth.start(folder)) {
            TestClient alice = server.register("alice");
            TestClient bob = server.register("bob");
            for (int i = 0; i < MANY_ROOMS; i++) {
                String room =
                        alice.createRoom(
                                """
                                {"visibility": "public", "name": "Room %d", "topic": "Topic %d",
                                "room_alias_name": "alias%d", "room_version": "%d",
                                "creation_content": {"type": "x.kind%d"}, "initial_state": [
                                {"type": "m.room.avatar", "content": {"url": "mxc://a/b%d"}}]}
                                """
                                        .formatted(i, i, i, 1 + i % 12, i % 3, i));
                if (i % 5 == 0) {
                    bob.join(room);
                }
                if (i % 7 == 0) {
                    alice.state(room, "m.room.topic", "", "{}");
                    alice.state(
                            room,
                            "m.room.history_visibility",
                            "",
                            "{\"history_visibility\":\"world_readable\"}");
                }
                if (i % 11 == 0) {
                    alice.leave(room);
                }
                // One by one, as each is the only one that changed.
                bob.get("publicRooms?limit=1");
            }
            Answer before = bob.get("publicRooms?limit=100");

            server.restart();
            long cost = cost(server, bob);

            assertTrue(cost <= STATEMENTS_AFTER_START_MAX, cost + " statements");
            assertEquals(before, bob.get("publicRooms?limit=100"));
        }
    }

    @Test
    void onlyRoomsThatChangedAreReadAgain() {
        try (TestHearth server = TestHearth.start(folder)) {
            TestClient alice = server.register("alice");
            TestClient bob = server.register("bob");
            String room = "";
            for (int i = 0; i < ROOMS; i++) {
                room =
                        alice.createRoom(
                                "{\"visibility\": \"public\", \"name\": \"Room " + i + "\"}");
            }
            bob.get("publicRooms");
            long cost = cost(server, bob);
            assertTrue(cost <= STATEMENTS_MAX, cost + " statements");
            alice.put(in(room, "state/m.room.topic"), "{\"topic\": \"News\"}");
            bob.join(room);
            cost = cost(server, bob);
            assertTrue(cost <= STATEMENTS_MAX + STATEMENTS_PER_CHANGE_MAX, cost + " statements");
            JsonObject first = first(bob.get("publicRooms"));
            assertEquals("News", first.string("topic").orElseThrow());
            assertEquals(2, first.integer("num_joined_members").orElseThrow());
            alice.put("directory/list/room/" + TestHearth.encoded(room), PRIVATE);
            assertEquals(
                    ROOMS - 1, bob.get("publicRooms").body().array("chunk").orElseThrow().size());
        }
    }

    private static final String PRIVATE = "{\"visibility\": \"private\"}";

    private static long cost(TestHearth server, TestClient client) {
        long before = server.database().metrics().statements().ofAll();
        assertEquals("200", client.get("publicRooms").outcome());
        return server.database().metrics().statements().ofAll() - before;
    }

    private static JsonObject first(Answer answer) {
        return (JsonObject) answer.body().array("chunk").orElseThrow().values().getFirst();
    }
}
