package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.Synced;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A room whose visibility changes at random while Bob comes and goes at random: what `/messages`,
/// `/event`, `/context` and `/sync` show him is what a naive reading of the specification lets him
/// see.
final class VisibilityPropertyTest {
    private static final int STEPS = 30;

    /// More than a room of the test ever has.
    private static final int ALL = 500;

    private static final List<String> VISIBILITIES =
            List.of("world_readable", "shared", "invited", "joined");

    @ParameterizedTest(name = "seed {0}, {1}")
    @CsvSource({"1, SQLite", "4, SQLite", "5, SQLite", "6, PostgreSQL"})
    void everyEndpointShowsWhatBobMaySee(long seed, String database, @TempDir Path folder) {
        TestHearth.Setup setup = TestHearth.in(folder);
        try (TestHearth server =
                database.equals("SQLite") ? setup.start() : setup.postgres().start()) {
            new WatchedRoom(server, seed).play();
        }
    }

    /// The room, and what Bob should see of it.
    private static final class WatchedRoom {
        private final NaiveSight sight = new NaiveSight();
        private final TestClient alice;
        private final TestClient bob;
        private final String room;
        private final long seed;
        private final Random random;

        WatchedRoom(TestHearth server, long seed) {
            this.seed = seed;
            random = new Random(seed);
            alice = server.register("alice");
            bob = server.register("bob");
            room = alice.room("private_chat");
        }

        void play() {
            alice.state(room, "m.room.join_rules", "", "{\"join_rule\":\"knock\"}");
            pages(alice, "f").forEach(sight::event);
            String since = bob.sync("").next();
            for (int i = 0; i < STEPS; i++) {
                String what = "seed " + seed + ", step " + i + ": " + takeAStep();
                Synced news = bob.syncSince(since);
                since = news.next();
                compareSync(news, what);
                compareMessages("b", what);
                if (i % 4 == 0) {
                    compareMessages("f", what);
                    compareEvents(what);
                }
            }
            compareFirstSync("seed " + seed);
        }

        private String takeAStep() {
            int choice = random.nextInt(10);
            if (choice < 4) {
                sight.event(alice.say(room, "hello"));
                return "a message";
            }
            if (choice < 6) {
                String visibility = VISIBILITIES.get(random.nextInt(VISIBILITIES.size()));
                String before = latest();
                String id =
                        alice.state(
                                room,
                                "m.room.history_visibility",
                                "",
                                "{\"history_visibility\":\"" + visibility + "\"}");
                if (latest().equals(before)) {
                    return "the same visibility";
                }
                sight.visibility(id, visibility);
                return visibility;
            }
            return bobMoves();
        }

        private String bobMoves() {
            List<String> moves =
                    switch (sight.membership()) {
                        case "leave" -> List.of("invite", "invite", "knock", "ban");
                        case "knock" -> List.of("invite", "leave", "kick", "ban");
                        case "invite" -> List.of("join", "join", "join", "leave", "kick", "ban");
                        case "join" -> List.of("rename", "rename", "leave", "kick", "ban");
                        default -> List.of("unban");
                    };
            String move = moves.get(random.nextInt(moves.size()));
            String target = JsonObject.of("user_id", bob.userId()).toString();
            Answer answer =
                    switch (move) {
                        case "join", "leave" -> bob.post(TestClient.in(room, move), "{}");
                        case "knock" -> bob.post("knock/" + encoded(room), "{}");
                        case "rename" -> rename();
                        default -> alice.post(TestClient.in(room, move), target);
                    };
            assertEquals(200, answer.status(), move);
            sight.membership(
                    latest(),
                    switch (move) {
                        case "kick", "unban" -> "leave";
                        case "rename" -> "join";
                        default -> move;
                    });
            return move;
        }

        private Answer rename() {
            return bob.put(
                    TestClient.in(room, "state/m.room.member/" + bob.userId()),
                    "{\"membership\":\"join\",\"displayname\":\"Bob " + random.nextInt() + "\"}");
        }

        private String latest() {
            return pages(alice, "b", 1).getFirst();
        }

        private void compareMessages(String direction, String what) {
            String path = TestClient.in(room, "messages?limit=5&dir=" + direction);
            if (!sight.isOpen()) {
                assertEquals("403 M_FORBIDDEN", bob.get(path).outcome(), what);
                return;
            }
            List<String> expected = new ArrayList<>(sight.visibleInRoom());
            assertEquals(
                    direction.equals("f") ? expected : expected.reversed(),
                    pages(bob, direction),
                    what + ", /messages " + direction);
        }

        private List<String> pages(TestClient reader, String direction) {
            return pages(reader, direction, ALL);
        }

        /// The ids of up to `limit` events, page by page.
        private List<String> pages(TestClient reader, String direction, int limit) {
            List<String> ids = new ArrayList<>();
            String from = "";
            while (true) {
                Answer page =
                        reader.get(
                                TestClient.in(
                                        room,
                                        "messages?limit=%d&dir=%s%s"
                                                .formatted(Math.min(limit, 7), direction, from)));
                ids.addAll(ids(page.body(), "chunk"));
                if (page.body().string("end").isEmpty() || ids.size() >= limit) {
                    return ids;
                }
                from = "&from=" + encoded(page.string("end"));
            }
        }

        private static List<String> ids(JsonObject body, String list) {
            return body.array(list).orElseThrow().values().stream()
                    .map(event -> ((JsonObject) event).string("event_id").orElseThrow())
                    .toList();
        }

        private void compareEvents(String what) {
            Set<String> visible = sight.visible();
            Set<String> inRoom = sight.visibleInRoom();
            for (String id : pages(alice, "f")) {
                Answer single = bob.get(TestClient.in(room, "event/" + encoded(id)));
                assertEquals(
                        visible.contains(id) ? "200" : "404 M_NOT_FOUND",
                        single.outcome(),
                        what + ", /event");
                Answer context =
                        bob.get(
                                TestClient.in(
                                        room, "context/" + encoded(id) + "?limit=" + 2 * ALL));
                if (!visible.contains(id)) {
                    assertEquals("404 M_NOT_FOUND", context.outcome(), what + ", /context");
                } else if (!sight.isOpen()) {
                    assertEquals("403 M_FORBIDDEN", context.outcome(), what + ", /context");
                } else {
                    Set<String> shown = new HashSet<>(ids(context.body(), "events_before"));
                    shown.addAll(ids(context.body(), "events_after"));
                    Set<String> others = new HashSet<>(inRoom);
                    others.remove(id);
                    assertEquals(others, shown, what + ", /context");
                }
            }
        }

        private void compareSync(Synced news, String what) {
            Set<String> tellable = sight.tellable();
            for (String section : List.of("join", "leave")) {
                if (news.has(section, room)) {
                    Set<String> shown = timeline(news, section);
                    assertTrue(tellable.containsAll(shown), what + ", /sync shows " + shown);
                }
            }
            if (sight.membership().equals("join") && !what.endsWith("the same visibility")) {
                assertTrue(
                        timeline(news, "join").contains(latest()), what + ", /sync is missing it");
            }
        }

        private Set<String> timeline(Synced synced, String section) {
            Set<String> ids = new LinkedHashSet<>();
            for (JsonObject event : Synced.events(synced.in(section, room), "timeline")) {
                ids.add(event.string("event_id").orElseThrow());
            }
            return ids;
        }

        private void compareFirstSync(String what) {
            String wide =
                    TestClient.filter(
                            "{\"room\":{\"include_leave\":true,\"timeline\":{\"limit\":100}}}");
            Synced first = bob.sync(wide);
            if (sight.membership().equals("join")) {
                assertEquals(
                        sight.visibleInRoom(), timeline(first, "join"), what + ", first /sync");
            } else if (first.has("leave", room)) {
                Set<String> shown = timeline(first, "leave");
                assertTrue(
                        sight.tellable().containsAll(shown), what + ", first /sync shows " + shown);
            }
        }
    }
}
