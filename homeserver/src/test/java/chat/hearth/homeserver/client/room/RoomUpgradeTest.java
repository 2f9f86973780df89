package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a room's upgrade keeps and what it closes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoomUpgradeTest {
    private TestHearth server;
    private TestClient alice;
    private TestClient bob;
    private TestClient carol;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = TestHearth.start(directory);
        alice = server.register("alice");
        bob = server.register("bob");
        carol = server.register("carol");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// A crash at any moment leaves both rooms as they were, or both upgraded.
    @ParameterizedTest
    @CsvSource({"11,11,1", "11,12,1", "12,12,1"})
    void anUpgradeIsOneWrite(String from, String to, long writes) {
        String old = alice.createRoom("{\"room_version\": \"" + from + "\"}");
        LongAdder count = server.database().metrics().writes();
        long before = count.sum();
        Answer upgraded = alice.post(in(old, "upgrade"), "{\"new_version\":\"" + to + "\"}");
        assertEquals("200", upgraded.outcome(), upgraded::toString);
        assertEquals(writes, count.sum() - before);
    }

    @Test
    void anUpgradeThatIsAskedForAgainIsTheSameOne() {
        String old = alice.createRoom("{\"preset\":\"public_chat\"}");
        String request = "{\"new_version\":\"12\"}";
        String made = alice.post(in(old, "upgrade"), request).string("replacement_room");

        assertEquals(made, alice.post(in(old, "upgrade"), request).string("replacement_room"));
        assertEquals(made, alice.get(in(old, "state/m.room.tombstone")).string("replacement_room"));
        Answer other = alice.post(in(old, "upgrade"), "{\"new_version\":\"11\"}");
        assertNotEquals(made, other.string("replacement_room"));
    }

    @Test
    void whoIsBannedBeforeTheTombstoneIsBannedInTheNewRoom() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            String old = alice.createRoom("{\"preset\":\"public_chat\"}");
            String ban = "{\"user_id\":\"" + carol.userId() + "\"}";
            Thread banning = Thread.ofVirtual().start(() -> alice.post(in(old, "ban"), ban));
            String room =
                    alice.post(in(old, "upgrade"), "{\"new_version\":\"12\"}")
                            .string("replacement_room");
            banning.join();

            String latestFirst = alice.get(in(old, "messages?dir=b&limit=20")).body().toString();
            boolean before =
                    latestFirst.indexOf("\"membership\":\"ban\"")
                            > latestFirst.indexOf("\"type\":\"m.room.tombstone\"");
            Answer carols = alice.get(in(room, "state/m.room.member/" + encoded(carol.userId())));
            if (before) {
                assertEquals("ban", carols.string("membership"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,12", "6,11", "11,12", "12,12", "12,11", "9,10"})
    void theNewRoomIsLikeTheOldOneAndTheOldOneIsClosed(String from, String to) {
        String name = "up" + from + "to" + to;
        String alias = "#" + name + ":" + TestHearth.NAME;
        String old =
                alice.createRoom(
                        """
                        {"visibility": "public", "room_alias_name": "%s", "name": "N", "topic": "T",
                         "room_version": "%s", "creation_content": {"type": "x.kind"}}
                        """
                                .formatted(name, from));
        bob.join(old);
        alice.post(in(old, "ban"), "{\"user_id\":\"" + carol.userId() + "\",\"reason\":\"spam\"}");
        Answer upgraded = alice.post(in(old, "upgrade"), "{\"new_version\":\"" + to + "\"}");
        assertEquals("200", upgraded.outcome(), upgraded::toString);
        String room = upgraded.string("replacement_room");

        JsonObject create = alice.get(in(room, "state/m.room.create")).body();
        assertEquals(to, create.string("room_version").orElseThrow());
        assertEquals("x.kind", create.string("type").orElseThrow());
        assertEquals(
                old, create.object("predecessor").orElseThrow().string("room_id").orElseThrow());
        assertEquals("N", alice.get(in(room, "state/m.room.name")).string("name"));
        assertEquals("T", alice.get(in(room, "state/m.room.topic")).string("topic"));
        assertEquals("public", alice.get(in(room, "state/m.room.join_rules")).string("join_rule"));
        assertEquals(alias, alice.get(in(room, "state/m.room.canonical_alias")).string("alias"));
        assertEquals(room, bob.get("directory/room/" + encoded(alias)).string("room_id"));
        assertEquals(
                "public", bob.get("directory/list/room/" + encoded(room)).string("visibility"));
        assertEquals(
                "private", bob.get("directory/list/room/" + encoded(old)).string("visibility"));
        assertEquals("403 M_FORBIDDEN", carol.join(room).outcome());
        assertEquals("200", bob.join(room).outcome());

        assertEquals(room, alice.get(in(old, "state/m.room.tombstone")).string("replacement_room"));
        assertEquals(
                "403 M_FORBIDDEN", bob.put(in(old, "send/m.room.message/" + name), "{}").outcome());
        assertEquals(JsonObject.EMPTY, alice.get(in(old, "state/m.room.canonical_alias")).body());
    }

    @Test
    void powerGoesAlongAndCreatorsHaveNone() {
        String old = alice.createRoom("{\"room_version\":\"11\"}");
        alice.put(
                in(old, "state/m.room.power_levels"),
                """
                {"users": {"%s": 100, "%s": 60}, "events": {"m.room.tombstone": 60}}
                """
                        .formatted(alice.userId(), bob.userId()));
        alice.post(in(old, "invite"), "{\"user_id\":\"" + bob.userId() + "\"}");
        bob.join(old);
        JsonObject into12 = levelsAfterUpgrade(alice, old, "12");
        assertEquals(List.of(bob.userId()), List.copyOf(users(into12).names()));
        assertEquals(60, users(into12).integer(bob.userId()).orElseThrow());
        JsonObject into11 = levelsAfterUpgrade(bob, old, "11");
        assertEquals(100, users(into11).integer(alice.userId()).orElseThrow());
        assertEquals(60, users(into11).integer(bob.userId()).orElseThrow());
        assertFalse(into11.has("events_default") && into11.integer("events_default").isEmpty());
    }

    @Test
    void aSecondUpgradeCopiesWhatHeldBeforeTheFirstOneClosedTheRoom() {
        String old = alice.createRoom("{\"room_version\":\"11\",\"preset\":\"public_chat\"}");
        bob.join(old);
        JsonObject open = alice.get(in(old, "state/m.room.power_levels")).body();
        alice.post(in(old, "upgrade"), "{\"new_version\":\"11\"}");
        JsonObject closed = alice.get(in(old, "state/m.room.power_levels")).body();
        assertEquals(50, closed.integer("events_default").orElseThrow());
        alice.put(
                in(old, "state/m.room.power_levels"),
                closed.with("kick", new JsonInteger(70)).toString());

        String second =
                alice.post(in(old, "upgrade"), "{\"new_version\":\"10\"}")
                        .string("replacement_room");
        JsonObject levels = alice.get(in(second, "state/m.room.power_levels")).body();
        assertEquals(open.value("events_default"), levels.value("events_default"));
        assertEquals(open.value("invite"), levels.value("invite"));
        assertEquals(70, levels.integer("kick").orElseThrow(), "what was changed since stays");
        assertEquals("200", bob.join(second).outcome());
        assertEquals("200", bob.put(in(second, "send/m.room.message/1"), "{}").outcome());

        String third =
                alice.post(in(old, "upgrade"), "{\"new_version\":\"9\"}")
                        .string("replacement_room");
        assertEquals("200", bob.join(third).outcome());
        assertEquals("200", bob.put(in(third, "send/m.room.message/1"), "{}").outcome());
    }

    /// Who replaces such a room outranks everyone in the next one, so administrators may not unless
    /// somebody lets them.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                         | 150",
                "{\"m.room.tombstone\": 50}  | 150",
                "{\"m.room.tombstone\": 100} | 150",
                "{\"m.room.tombstone\": 160} | 160"
            })
    void administratorsMayNotReplaceARoomWhoseCreatorsOutrankEveryone(String events, long after) {
        String old =
                alice.createRoom(
                        """
                        {"room_version": "11", "preset": "public_chat",
                         "power_level_content_override":
                         {"users": {"%s": 200, "%s": 100}, "events": %s}}
                        """
                                .formatted(alice.userId(), bob.userId(), events));
        String made = upgraded(alice, old, "12");
        assertEquals(after, tombstoneLevel(made));
        bob.join(made);
        assertEquals(
                "403 M_FORBIDDEN",
                bob.post(in(made, "upgrade"), "{\"new_version\":\"12\"}").outcome());
    }

    @Test
    void aRoomWhoseCreatorsOutrankEveryoneKeepsItsLevelForReplacingIt() {
        String old =
                alice.createRoom(
                        "{\"power_level_content_override\":{\"events\":{\"m.room.tombstone\":70}}}");
        assertEquals(70, tombstoneLevel(upgraded(alice, old, "12")));
    }

    @Test
    void whoOutrankedEveryoneMayDoEverythingInAVersionWithoutThat() {
        String old = alice.createRoom("{\"room_version\":\"12\"}");
        String made = upgraded(alice, old, "11");
        upgraded(alice, made, "12");
    }

    private static String upgraded(TestClient who, String old, String version) {
        Answer upgraded = who.post(in(old, "upgrade"), "{\"new_version\":\"" + version + "\"}");
        assertEquals("200", upgraded.outcome(), upgraded::toString);
        return upgraded.string("replacement_room");
    }

    private long tombstoneLevel(String room) {
        return alice.get(in(room, "state/m.room.power_levels"))
                .body()
                .object("events")
                .orElseThrow()
                .integer("m.room.tombstone")
                .orElseThrow();
    }

    private static JsonObject levelsAfterUpgrade(TestClient who, String old, String version) {
        String room = upgraded(who, old, version);
        return who.get(in(room, "state/m.room.power_levels")).body();
    }

    private static JsonObject users(JsonObject levels) {
        return levels.object("users").orElseThrow();
    }
}
