package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is answered to requests that cannot be granted: status and error code of each.
///
/// In `$room`, a public room of version 12, Alice is the creator, Bob is joined without power,
/// Carol is banned, and Dave was never there; `$private` is Alice's own and by invitation; `$other`
/// is a second room of Alice's. `$event` and `$hidden` are events of the first two.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoomErrorsTest {
    private TestHearth server;
    private Map<String, TestClient> users = Map.of();
    private Map<String, String> names = Map.of();

    /// A request and what it must be answered with.
    private record Row(
            String user, String method, String path, @Nullable String body, String outcome) {}

    @BeforeAll
    void start(@TempDir Path directory) {
        server = TestHearth.start(directory);
        TestClient alice = server.register("alice");
        TestClient bob = server.register("bob");
        TestClient carol = server.register("carol");
        TestClient dave = server.register("dave");
        users = Map.of("alice", alice, "bob", bob, "carol", carol, "dave", dave);
        String room =
                alice.createRoom("{\"preset\":\"public_chat\",\"room_alias_name\":\"taken\"}");
        String hidden = alice.createRoom("{}");
        String other = alice.createRoom("{\"room_version\":\"11\"}");
        bob.join(room);
        alice.post(in(room, "ban"), "{\"user_id\":\"" + carol.userId() + "\"}");
        names =
                Map.of(
                        "$room", encoded(room),
                        "$private", encoded(hidden),
                        "$other", encoded(other),
                        "$event", encoded(alice.say(room, "t", "hi")),
                        "$hidden", encoded(alice.say(hidden, "t", "hi")),
                        "$taken", encoded("#taken:" + TestHearth.NAME),
                        "$nowhere", encoded("!nowhere:" + TestHearth.NAME));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void joining() {
        check(
                new Row("dave", "POST", "rooms/$private/join", "{}", "403 M_FORBIDDEN"),
                new Row("carol", "POST", "rooms/$room/join", "{}", "403 M_FORBIDDEN"),
                new Row("dave", "POST", "rooms/$nowhere/join", "{}", "404 M_NOT_FOUND"),
                new Row("dave", "POST", "join/nonsense", "{}", "400 M_INVALID_PARAM"),
                new Row("dave", "POST", "join/%23gone:hearth.test", "{}", "404 M_NOT_FOUND"),
                new Row("dave", "POST", "knock/$room", "{}", "403 M_FORBIDDEN"),
                new Row("dave", "POST", "knock/$private", "{}", "403 M_FORBIDDEN"),
                new Row("dave", "POST", "rooms/$room/leave", "{}", "403 M_FORBIDDEN"),
                new Row("bob", "POST", "rooms/$room/forget", "{}", "400 M_UNKNOWN"));
    }

    @Test
    void readingWhatIsNotForEverybody() {
        for (String path :
                List.of(
                        "state",
                        "state/m.room.create/",
                        "members",
                        "members?at=s1",
                        "joined_members",
                        "messages?dir=b",
                        "aliases")) {
            check(
                    new Row("dave", "GET", "rooms/$private/" + path, null, "403 M_FORBIDDEN"),
                    new Row("dave", "GET", "rooms/$nowhere/" + path, null, "403 M_FORBIDDEN"),
                    new Row("carol", "GET", "rooms/$room/" + path, null, "403 M_FORBIDDEN"));
        }
        for (String path : List.of("event/", "context/")) {
            check(
                    new Row("dave", "GET", "rooms/$private/" + path + "$hidden", null, notFound()),
                    new Row("alice", "GET", "rooms/$room/" + path + "$hidden", null, notFound()),
                    new Row("alice", "GET", "rooms/$room/" + path + "$gone", null, notFound()),
                    new Row("alice", "GET", "rooms/$room/" + path + "gone", null, notFound()));
        }
        check(
                new Row("bob", "GET", "rooms/$room/state/m.room.none/", null, notFound()),
                new Row("bob", "GET", "rooms/$room/messages", null, "400 M_MISSING_PARAM"),
                new Row("bob", "GET", "rooms/$room/messages?dir=x", null, invalid()),
                new Row("bob", "GET", "rooms/$room/messages?dir=b&from=x", null, invalid()),
                new Row("bob", "GET", "rooms/$room/messages?dir=b&limit=-1", null, invalid()),
                new Row("bob", "GET", "rooms/$room/messages?dir=b&limit=abc", null, invalid()),
                new Row("bob", "GET", "rooms/$room/messages?dir=b&filter=%7B", null, notJson()),
                new Row("bob", "GET", "rooms/$room/members?membership=x", null, invalid()),
                new Row("bob", "GET", "publicRooms?since=x", null, invalid()));
    }

    private static String notFound() {
        return "404 M_NOT_FOUND";
    }

    private static String invalid() {
        return "400 M_INVALID_PARAM";
    }

    private static String notJson() {
        return "400 M_NOT_JSON";
    }

    @Test
    void withoutTheRightOrPower() {
        check(
                new Row("dave", "PUT", "rooms/$room/send/m.room.message/1", "{}", forbidden()),
                new Row("dave", "PUT", "rooms/$nowhere/send/m.room.message/1", "{}", forbidden()),
                new Row("bob", "PUT", "rooms/$room/state/m.room.name/", name(), forbidden()),
                new Row("bob", "POST", "rooms/$room/kick", user("alice"), forbidden()),
                new Row("bob", "POST", "rooms/$room/ban", user("dave"), forbidden()),
                new Row("bob", "POST", "rooms/$room/unban", user("carol"), forbidden()),
                new Row("bob", "POST", "rooms/$room/invite", user("dave"), forbidden()),
                new Row("alice", "POST", "rooms/$room/invite", user("carol"), forbidden()),
                new Row("alice", "POST", "rooms/$room/invite", user("bob"), forbidden()),
                new Row("alice", "POST", "rooms/$room/kick", user("dave"), forbidden()),
                new Row("alice", "POST", "rooms/$room/unban", user("bob"), "403 M_BAD_STATE"),
                new Row("bob", "PUT", "rooms/$room/redact/$event/1", "{}", forbidden()),
                new Row("alice", "PUT", "rooms/$room/redact/$hidden/1", "{}", notFound()),
                new Row("bob", "PUT", "rooms/$room/state/m.room.power_levels/", "{}", forbidden()),
                new Row("alice", "PUT", "rooms/$room/state/t/@bob:hearth.test", "{}", forbidden()),
                new Row("alice", "PUT", "rooms/$room/state/m.room.create/", "{}", forbidden()),
                new Row("alice", "PUT", "rooms/$other/state/m.room.create/", "{}", forbidden()),
                new Row("alice", "PUT", "rooms/$room/send/m.room.create/1", "{}", forbidden()));
    }

    private static String forbidden() {
        return "403 M_FORBIDDEN";
    }

    private static String name() {
        return "{\"name\":\"x\"}";
    }

    private static String user(String localpart) {
        return "{\"user_id\":\"@" + localpart + ":hearth.test\"}";
    }

    @Test
    void powerLevelsThatCannotBe() {
        for (String content :
                List.of(
                        "{\"users\":{\"@alice:hearth.test\":100}}",
                        "{\"ban\":9007199254740992}",
                        "{\"ban\":\"50\"}",
                        "{\"ban\":1.5}",
                        "{\"ban\":null}",
                        "{\"users\":[]}",
                        "{\"users\":{\"bob\":1}}",
                        "{\"users\":{\"@bob:hearth.test\":\"1\"}}",
                        "{\"events\":{\"t\":null}}",
                        "{\"notifications\":{\"room\":\"1\"}}")) {
            check(
                    put("rooms/$room/state/m.room.power_levels/", content, badJson()),
                    new Row(
                            "alice",
                            "POST",
                            "createRoom",
                            "{\"power_level_content_override\":" + content + "}",
                            badJson()));
        }
        check(
                new Row(
                        "alice",
                        "POST",
                        "createRoom",
                        "{\"room_version\":\"11\",\"power_level_content_override\":{\"users\":{}}}",
                        badJson()));
    }

    private static Row put(String path, String body, String outcome) {
        return new Row("alice", "PUT", path, body, outcome);
    }

    private static String badJson() {
        return "400 M_BAD_JSON";
    }

    @Test
    void contentThatCannotBe() {
        check(
                put("rooms/$room/state/m.room.member/@bob:hearth.test", "{}", badJson()),
                put(
                        "rooms/$room/state/m.room.member/@bob:hearth.test",
                        "{\"membership\":1}",
                        badJson()),
                put(
                        "rooms/$room/state/m.room.member/@bob:hearth.test",
                        "{\"membership\":\"guest\"}",
                        badJson()),
                put(
                        "rooms/$room/state/m.room.member/bob",
                        "{\"membership\":\"invite\"}",
                        badJson()),
                put("rooms/$room/state/m.room.server_acl/", "{}", badJson()),
                put("rooms/$room/state/m.room.server_acl/", "{\"allow\":[\"a\"]}", badJson()),
                put(
                        "rooms/$room/state/m.room.server_acl/",
                        "{\"allow\":[\"*\"],\"deny\":[\"*.test\"]}",
                        badJson()),
                put(
                        "rooms/$room/state/m.room.canonical_alias/",
                        "{\"alias\":\"nonsense\"}",
                        invalid()),
                put(
                        "rooms/$room/state/m.room.canonical_alias/",
                        "{\"alt_aliases\":[\"#gone:hearth.test\"]}",
                        "400 M_BAD_ALIAS"),
                put(
                        "rooms/$other/state/m.room.canonical_alias/",
                        "{\"alias\":\"#taken:hearth.test\"}",
                        "400 M_BAD_ALIAS"),
                put("rooms/$room/send/m.room.redaction/1", "{}", badJson()));
    }

    @Test
    void bodiesThatAreNoEvents() {
        String send = "rooms/$room/send/m.room.message/bad";
        for (String body : List.of("", "{", "{\"n\":NaN}", "{\"n\":Infinity}", "nonsense")) {
            check(put(send, body, notJson()));
        }
        for (String body :
                List.of(
                        "[]",
                        "\"x\"",
                        "1",
                        "null",
                        "{\"n\":9007199254740992}",
                        "{\"n\":-9007199254740992}",
                        "{\"n\":1.1}",
                        "{\"n\":1e3}",
                        "{\"n\":-0}",
                        "{\"n\":1,\"n\":2}",
                        "{\"n\":\"\\ud800\"}",
                        "{\"n\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")) {
            check(put(send, body, badJson()));
        }
        String large = "413 M_TOO_LARGE";
        check(
                put(send, "{\"body\":\"" + "x".repeat(65_536) + "\"}", large),
                put("rooms/$room/send/" + encoded("ü".repeat(128)) + "/1", "{}", large),
                put("rooms/$room/state/t/" + encoded("ü".repeat(128)), "{}", large),
                put(send, "{\"body\":\"\\u0000\"}", "200"),
                put("rooms/$room/state/t/" + encoded("ü".repeat(127)), "{}", "200"));
    }

    @Test
    void roomsThatCannotBeMade() {
        check(
                create("{\"room_version\":1}", badJson()),
                create("{\"room_version\":\"x\"}", "400 M_UNSUPPORTED_ROOM_VERSION"),
                create("{\"preset\":\"x\"}", invalid()),
                create("{\"visibility\":\"x\"}", invalid()),
                create("{\"name\":1}", badJson()),
                create("{\"invite\":[\"bob\"]}", invalid()),
                create("{\"creation_content\":{\"additional_creators\":\"x\"}}", badJson()),
                create("{\"creation_content\":{\"additional_creators\":[\"x\"]}}", badJson()),
                create("{\"creation_content\":{\"additional_creators\":[1]}}", badJson()),
                create("{\"room_alias_name\":\"taken\"}", "400 M_ROOM_IN_USE"),
                create("{\"room_alias_name\":\"" + "x".repeat(255) + "\"}", invalid()),
                create("{\"initial_state\":[{\"content\":{}}]}", invalidState()),
                create("{\"initial_state\":[{\"type\":\"t\"}]}", invalidState()),
                create("{\"initial_state\":{}}", badJson()),
                create(initial("m.room.create", "{}"), invalidState()),
                create(initial("m.room.server_acl", "{}"), invalidState()),
                create(initial("m.room.power_levels", "{\"users\":1}"), invalidState()),
                create("{\"invite_3pid\":[{}]}", "403 M_THREEPID_DENIED"));
    }

    private static Row create(String body, String outcome) {
        return new Row("alice", "POST", "createRoom", body, outcome);
    }

    private static String initial(String type, String content) {
        return "{\"initial_state\":[{\"type\":\"%s\",\"content\":%s}]}".formatted(type, content);
    }

    private static String invalidState() {
        return "400 M_INVALID_ROOM_STATE";
    }

    @Test
    void invitesWithoutSomebody() {
        check(
                new Row("alice", "POST", "rooms/$private/invite", "{}", badJson()),
                new Row("alice", "POST", "rooms/$private/invite", "{\"user_id\":1}", badJson()),
                new Row("alice", "POST", "rooms/$private/invite", "{\"user_id\":\"x\"}", invalid()),
                new Row("alice", "POST", "rooms/$private/invite", "", notJson()),
                new Row("alice", "POST", "rooms/$private/kick", "{}", badJson()),
                new Row("alice", "POST", "rooms/$private/ban", "{}", badJson()));
    }

    @Test
    void aliases() {
        String ours = "{\"room_id\":\"" + decoded("$room") + "\"}";
        check(
                new Row("alice", "PUT", "directory/room/$taken", ours, "409 M_UNKNOWN"),
                new Row("alice", "PUT", "directory/room/nonsense", ours, invalid()),
                new Row("alice", "PUT", "directory/room/" + longAlias(), ours, invalid()),
                new Row("alice", "PUT", "directory/room/%23a:b.test", ours, invalid()),
                new Row("dave", "PUT", "directory/room/%23n:hearth.test", ours, forbidden()),
                new Row("alice", "PUT", "directory/room/%23n:hearth.test", "{}", badJson()),
                new Row("bob", "DELETE", "directory/room/$taken", null, forbidden()),
                new Row("alice", "DELETE", "directory/room/%23n:hearth.test", null, notFound()),
                new Row("alice", "GET", "directory/room/%23n:hearth.test", null, notFound()),
                new Row("alice", "GET", "directory/room/%23a%2Fb:hearth.test", null, notFound()),
                new Row("alice", "GET", "directory/list/room/$nowhere", null, notFound()),
                new Row("bob", "PUT", "directory/list/room/$room", "{}", forbidden()));
    }

    private static String longAlias() {
        return encoded("#" + "x".repeat(244) + ":hearth.test");
    }

    @Test
    void upgrades() {
        check(
                new Row("bob", "POST", "rooms/$room/upgrade", version("11"), forbidden()),
                new Row("dave", "POST", "rooms/$room/upgrade", version("11"), forbidden()),
                new Row(
                        "alice",
                        "POST",
                        "rooms/$room/upgrade",
                        version("x"),
                        "400 M_UNSUPPORTED_ROOM_VERSION"),
                new Row("alice", "POST", "rooms/$room/upgrade", "{}", badJson()),
                new Row("alice", "POST", "rooms/$room/upgrade", "{\"new_version\":1}", badJson()));
    }

    private static String version(String version) {
        return "{\"new_version\":\"" + version + "\"}";
    }

    @Test
    void unknownPathsAndMethods() {
        check(
                new Row("alice", "GET", "rooms/$room/nothing", null, "404 M_UNRECOGNIZED"),
                new Row("alice", "DELETE", "rooms/$room/state", null, "405 M_UNRECOGNIZED"),
                new Row("alice", "GET", "createRoom", null, "405 M_UNRECOGNIZED"));
    }

    /// Makes each request, and tells of all that were answered otherwise.
    private void check(Row... rows) {
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (Row row : rows) {
            String path = resolved(row.path());
            TestClient user = Objects.requireNonNull(users.get(row.user()));
            String body = row.body();
            String shown = body == null || body.length() < 200 ? body : body.substring(0, 200);
            String request = row.user() + " " + row.method() + " " + row.path() + " " + shown;
            expected.add(request + " → " + row.outcome());
            found.add(request + " → " + user.request(row.method(), path, body).outcome());
        }
        assertEquals(String.join("\n", expected), String.join("\n", found));
    }

    private String resolved(String path) {
        String resolved = path;
        for (Map.Entry<String, String> name : names.entrySet()) {
            resolved = resolved.replace(name.getKey(), name.getValue());
        }
        return resolved.replace("$", "%24");
    }

    private String decoded(String name) {
        return URLDecoder.decode(names.getOrDefault(name, ""), StandardCharsets.UTF_8);
    }
}
