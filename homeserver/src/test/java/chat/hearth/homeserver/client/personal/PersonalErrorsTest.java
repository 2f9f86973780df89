package chat.hearth.homeserver.client.personal;

import static chat.hearth.homeserver.TestHearth.encoded;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// What the endpoints refuse, and how, in one table.
final class PersonalErrorsTest {
    private static final String ALICE = "@alice:hearth.test";
    private static final String BOB = "@bob:hearth.test";

    @TempDir Path folder;

    private record Case(
            String method,
            String path,
            String user,
            @Nullable String body,
            int status,
            String errcode) {}

    private static Case put(String path, String token, String body, int status, String errcode) {
        return new Case("PUT", path, token, body, status, errcode);
    }

    private static Case post(String path, String token, String body, int status, String errcode) {
        return new Case("POST", path, token, body, status, errcode);
    }

    private static Case get(String path, String token, int status, String errcode) {
        return new Case("GET", path, token, null, status, errcode);
    }

    private static Case delete(String path, String token, int status, String errcode) {
        return new Case("DELETE", path, token, null, status, errcode);
    }

    @Test
    void everyWrongRequestHasItsStatusAndCode() {
        try (TestHearth server = TestHearth.start(folder)) {
            TestClient alice = server.register("alice");
            TestClient suspended = server.register("suspended");
            server.accounts().accounts().suspend(server.number(suspended.userId()), true);
            var users =
                    Map.of(
                            "alice",
                            alice,
                            "bob",
                            server.register("bob"),
                            "guest",
                            server.guest("guest"),
                            "suspended",
                            suspended,
                            "stranger",
                            new TestClient(server, "@stranger:hearth.test", "x"));
            String room = alice.room("public_chat");
            String event = alice.say(room, "hello");
            String elsewhere = alice.say(alice.room("public_chat"), "hello");
            String inRoom = "/rooms/" + encoded(room);
            List<Executable> checks =
                    Stream.of(
                                    ofOthers(inRoom),
                                    profiles(),
                                    accountData(inRoom),
                                    receipts(inRoom, event, elsewhere),
                                    typing(inRoom),
                                    filters(),
                                    presence(),
                                    pushRules())
                            .flatMap(List::stream)
                            .map(wrong -> check(requireNonNull(users.get(wrong.user())), wrong))
                            .toList();
            assertAll(checks);
        }
    }

    private static Executable check(TestClient user, Case wrong) {
        Answer answer =
                user.request(wrong.method(), "_matrix/client/v3" + wrong.path(), wrong.body());
        String text = wrong.toString();
        return () ->
                assertEquals(
                        wrong.status() + " " + wrong.errcode(),
                        answer.status() + " " + answer.errcode().orElse("no code"),
                        text.substring(0, Math.min(200, text.length())));
    }

    private static List<Case> ofOthers(String inRoom) {
        String user = "/user/" + ALICE;
        return List.of(
                put(user + "/account_data/x", "bob", "{}", 403, "M_FORBIDDEN"),
                get(user + "/account_data/x", "bob", 403, "M_FORBIDDEN"),
                put(user + inRoom + "/account_data/x", "bob", "{}", 403, "M_FORBIDDEN"),
                get(user + inRoom + "/account_data/x", "bob", 403, "M_FORBIDDEN"),
                get(user + inRoom + "/tags", "bob", 403, "M_FORBIDDEN"),
                put(user + inRoom + "/tags/u.x", "bob", "{}", 403, "M_FORBIDDEN"),
                delete(user + inRoom + "/tags/u.x", "bob", 403, "M_FORBIDDEN"),
                post(user + "/filter", "bob", "{}", 403, "M_FORBIDDEN"),
                get(user + "/filter/1", "bob", 403, "M_FORBIDDEN"),
                put("/presence/" + ALICE + "/status", "bob", online(), 403, "M_FORBIDDEN"),
                get("/presence/" + ALICE + "/status", "bob", 403, "M_FORBIDDEN"),
                put(inRoom + "/typing/" + ALICE, "bob", typingNow(), 403, "M_FORBIDDEN"),
                put(name(ALICE), "bob", "{\"displayname\":\"x\"}", 403, "M_FORBIDDEN"),
                delete(name(ALICE), "bob", 403, "M_FORBIDDEN"),
                get("/user/" + ALICE + "/filter/1", "stranger", 401, "M_UNKNOWN_TOKEN"));
    }

    private static List<Case> profiles() {
        String profile = "/profile/" + ALICE + "/";
        String tooLong = "a".repeat(256);
        String large = "{\"org.example.x\":\"" + "x".repeat(65_536) + "\"}";
        String suspended = name("@suspended:hearth.test");
        return List.of(
                put(profile + tooLong, "alice", "{\"" + tooLong + "\":1}", 400, "M_KEY_TOO_LARGE"),
                put(profile + "org.example.x", "alice", large, 400, "M_PROFILE_TOO_LARGE"),
                put(profile + "org.example.x", "alice", "{}", 400, "M_MISSING_PARAM"),
                put(
                        profile + "Org.Example",
                        "alice",
                        "{\"Org.Example\":1}",
                        400,
                        "M_INVALID_PARAM"),
                put(profile + ".pending", "alice", "{\".pending\":1}", 400, "M_INVALID_PARAM"),
                put(profile + "displayname", "alice", "{\"displayname\":1}", 400, "M_BAD_JSON"),
                put(
                        profile + "avatar_url",
                        "alice",
                        "{\"avatar_url\":\"https://x\"}",
                        400,
                        "M_INVALID_PARAM"),
                put(profile + "displayname", "alice", "[]", 400, "M_BAD_JSON"),
                put(profile + "displayname", "alice", "", 400, "M_NOT_JSON"),
                get("/profile/@nobody:hearth.test", "alice", 404, "M_NOT_FOUND"),
                get(profile + "displayname", "alice", 404, "M_NOT_FOUND"),
                get("/profile/alice", "alice", 400, "M_INVALID_PARAM"),
                put(suspended, "suspended", "{\"displayname\":\"x\"}", 403, "M_USER_SUSPENDED"),
                delete(suspended, "suspended", 403, "M_USER_SUSPENDED"),
                put(
                        "/profile/@guest:hearth.test/avatar_url",
                        "guest",
                        "{\"avatar_url\":\"mxc://a/b\"}",
                        403,
                        "M_GUEST_ACCESS_FORBIDDEN"));
    }

    private static List<Case> accountData(String inRoom) {
        String user = "/user/" + ALICE;
        String bob = "/user/" + BOB;
        String large = "{\"x\":\"" + "x".repeat(65_536) + "\"}";
        String tag = user + inRoom + "/tags/";
        return List.of(
                put(user + "/account_data/m.fully_read", "alice", "{}", 405, "M_BAD_JSON"),
                put(user + "/account_data/m.push_rules", "alice", "{}", 405, "M_BAD_JSON"),
                put(user + inRoom + "/account_data/m.fully_read", "alice", "{}", 405, "M_BAD_JSON"),
                put(user + inRoom + "/account_data/m.push_rules", "alice", "{}", 405, "M_BAD_JSON"),
                put(user + "/account_data/x", "alice", "[]", 400, "M_BAD_JSON"),
                put(user + "/account_data/x", "alice", "{", 400, "M_NOT_JSON"),
                put(user + "/account_data/x", "alice", large, 413, "M_TOO_LARGE"),
                put(
                        user + "/account_data/" + "x".repeat(256),
                        "alice",
                        "{}",
                        400,
                        "M_INVALID_PARAM"),
                get(user + "/account_data/absent", "alice", 404, "M_NOT_FOUND"),
                put(user + "/rooms/nothing/account_data/x", "alice", "{}", 400, "M_INVALID_PARAM"),
                put(user + "/rooms/!no:where/account_data/x", "alice", "{}", 403, "M_FORBIDDEN"),
                put(bob + inRoom + "/account_data/x", "bob", "{}", 403, "M_FORBIDDEN"),
                put(tag + "u." + "ö".repeat(127), "alice", "{}", 400, "M_INVALID_PARAM"),
                put(tag + "u.x", "alice", "{\"order\":\"first\"}", 400, "M_BAD_JSON"),
                put(tag + "u.x", "alice", large, 413, "M_TOO_LARGE"));
    }

    private static List<Case> receipts(String inRoom, String event, String elsewhere) {
        String receipt = inRoom + "/receipt/";
        String read = receipt + "m.read/" + encoded(event);
        String marker = inRoom + "/read_markers";
        return List.of(
                post(receipt + "m.seen/" + encoded(event), "alice", "{}", 400, "M_INVALID_PARAM"),
                post(read, "alice", "{\"thread_id\":\"\"}", 400, "M_INVALID_PARAM"),
                post(read, "alice", "{\"thread_id\":7}", 400, "M_INVALID_PARAM"),
                post(read, "alice", "{\"thread_id\":null}", 400, "M_INVALID_PARAM"),
                post(read, "alice", "{\"thread_id\":\"$no\"}", 400, "M_INVALID_PARAM"),
                post(
                        receipt + "m.fully_read/" + encoded(event),
                        "alice",
                        "{\"thread_id\":\"main\"}",
                        400,
                        "M_INVALID_PARAM"),
                post(
                        receipt + "m.read/" + encoded(elsewhere),
                        "alice",
                        "{}",
                        400,
                        "M_INVALID_PARAM"),
                post(receipt + "m.read/$unknown", "alice", "{}", 400, "M_INVALID_PARAM"),
                post(receipt + "m.read/nothing", "alice", "{}", 400, "M_INVALID_PARAM"),
                post(read, "bob", "{}", 403, "M_FORBIDDEN"),
                post(marker, "bob", "{\"m.read\":\"" + event + "\"}", 403, "M_FORBIDDEN"),
                post(marker, "alice", "{\"m.read\":7}", 400, "M_BAD_JSON"),
                post(marker, "alice", "{\"m.read\":\"x\"}", 400, "M_INVALID_PARAM"),
                post(
                        marker,
                        "alice",
                        "{\"m.read\":\"" + event + "\",\"m.fully_read\":\"$no\"}",
                        400,
                        "M_INVALID_PARAM"));
    }

    private static List<Case> typing(String inRoom) {
        String alice = inRoom + "/typing/" + ALICE;
        return List.of(
                put(alice, "alice", "{}", 400, "M_MISSING_PARAM"),
                put(alice, "alice", "{\"typing\":\"yes\"}", 400, "M_BAD_JSON"),
                put(alice, "alice", "{\"typing\":true,\"timeout\":-1}", 400, "M_INVALID_PARAM"),
                put(inRoom + "/typing/" + BOB, "bob", typingNow(), 403, "M_FORBIDDEN"),
                put("/rooms/!no:where/typing/" + BOB, "bob", typingNow(), 403, "M_FORBIDDEN"));
    }

    private static List<Case> filters() {
        String filter = "/user/" + ALICE + "/filter";
        return List.of(
                post(filter, "alice", "[]", 400, "M_BAD_JSON"),
                post(filter, "alice", "{\"room\":1}", 400, "M_BAD_JSON"),
                post(filter, "alice", "{\"event_format\":\"x\"}", 400, "M_BAD_JSON"),
                post(
                        filter,
                        "alice",
                        "{\"room\":{\"timeline\":{\"limit\":-1}}}",
                        400,
                        "M_BAD_JSON"),
                post(filter, "alice", "{\"presence\":{\"senders\":[\"x\"]}}", 400, "M_BAD_JSON"),
                post(filter, "alice", "nothing", 400, "M_NOT_JSON"),
                get(filter + "/1", "alice", 404, "M_NOT_FOUND"),
                get(filter + "/x", "alice", 404, "M_NOT_FOUND"),
                get(filter + "/99999999999", "alice", 404, "M_NOT_FOUND"));
    }

    private static List<Case> presence() {
        String alice = "/presence/" + ALICE + "/status";
        return List.of(
                put(alice, "alice", "{}", 400, "M_MISSING_PARAM"),
                put(alice, "alice", "{\"presence\":\"here\"}", 400, "M_INVALID_PARAM"),
                put(alice, "alice", "{\"presence\":1}", 400, "M_BAD_JSON"),
                put(
                        alice,
                        "alice",
                        "{\"presence\":\"online\",\"status_msg\":\"" + "x".repeat(1_025) + "\"}",
                        400,
                        "M_INVALID_PARAM"),
                get("/presence/@nobody:hearth.test/status", "alice", 403, "M_FORBIDDEN"));
    }

    private static List<Case> pushRules() {
        String rules = "/pushrules/global/";
        String actions = "{\"actions\":[\"notify\"]}";
        return List.of(
                put(rules + "room/a%2Fb", "alice", actions, 400, "M_INVALID_PARAM"),
                put(rules + "room/.a", "alice", actions, 400, "M_INVALID_PARAM"),
                put(rules + "nothing/a", "alice", actions, 400, "M_INVALID_PARAM"),
                put("/pushrules/local/room/a", "alice", actions, 400, "M_INVALID_PARAM"),
                put(rules + "content/a", "alice", actions, 400, "M_MISSING_PARAM"),
                put(rules + "override/a?before=none", "alice", actions, 400, "M_UNKNOWN"),
                put(
                        rules + "override/none/enabled",
                        "alice",
                        "{\"enabled\":true}",
                        404,
                        "M_NOT_FOUND"),
                put(rules + "override/none/actions", "alice", actions, 404, "M_NOT_FOUND"),
                get(rules + "override/none", "alice", 404, "M_NOT_FOUND"),
                get(rules + "override/none/enabled", "alice", 404, "M_NOT_FOUND"),
                get(rules + "override/none/actions", "alice", 404, "M_NOT_FOUND"),
                delete(rules + "override/none", "alice", 404, "M_NOT_FOUND"));
    }

    @Test
    void whoChangesTooMuchIsToldToWait() {
        try (var server = TestHearth.in(folder).stillClock().limit("OTHER", 2, 1).start()) {
            TestClient alice = server.register("alice");
            String path = "user/" + ALICE + "/account_data/x";
            assertEquals(200, alice.put(path, "{}").status());
            assertEquals(200, alice.put(path, "{}").status());
            Answer refused = alice.put(path, "{}");
            assertEquals("429 M_LIMIT_EXCEEDED", refused.outcome());
            assertEquals(1_000, refused.body().integer("retry_after_ms").orElseThrow());
            assertEquals(200, alice.get(path).status());
            server.pass(Duration.ofSeconds(1));
            assertEquals(200, alice.put(path, "{}").status());
        }
    }

    private static String name(String user) {
        return "/profile/" + user + "/displayname";
    }

    private static String online() {
        return "{\"presence\":\"online\"}";
    }

    private static String typingNow() {
        return "{\"typing\":true}";
    }
}
