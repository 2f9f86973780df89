package chat.hearth.homeserver.client.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.id.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is refused, with which status and code: one row per case.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccountErrorsTest {
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";
    private static final String LOGIN = "/_matrix/client/v3/login";
    private static final String REGISTER = "/_matrix/client/v3/register";

    private TestHearth server;
    private String alice;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestHearth.start(folder);
        alice = server.register("alice").token();
        server.register("gone");
        var stores = server.stores();
        var gone = stores.accounts().find(new UserId("@gone:hearth.test")).orElseThrow();
        server.database()
                .journal()
                .write(
                        tx -> {
                            stores.accounts().deactivate(tx, gone.user(), false);
                            return 0;
                        });
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// What | method and path below `/_matrix/client/v3` | token | body | status and code. `ALICE`
    /// is Alice's token.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    no token                 | GET  /account/whoami |      |  | 401 M_MISSING_TOKEN
                    garbage token            | GET  /account/whoami | x    |  | 401 M_UNKNOWN_TOKEN
                    invented token           | GET  /account/whoami | hsa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA |  | 401 M_UNKNOWN_TOKEN
                    unknown refresh token    | POST /refresh |  | {"refresh_token": "x"} | 401 M_UNKNOWN_TOKEN
                    refresh without token    | POST /refresh |  | {} | 400 M_MISSING_PARAM
                    wrong password           | POST /login |  | {PASSWORD, "user": "alice", "password": "other"} | 403 M_FORBIDDEN
                    unknown user             | POST /login |  | {PASSWORD, "user": "nobody", "password": "other"} | 403 M_FORBIDDEN
                    user of another server   | POST /login |  | {PASSWORD, "user": "@alice:elsewhere.test", "password": "secret"} | 403 M_FORBIDDEN
                    deactivated user         | POST /login |  | {PASSWORD, "user": "gone", "password": "secret"} | 403 M_USER_DEACTIVATED
                    mail address             | POST /login |  | {PASSWORD, "password": "p", "identifier": {"type": "m.id.thirdparty", "medium": "email", "address": "a@b.c"}} | 403 M_FORBIDDEN
                    unknown identifier       | POST /login |  | {PASSWORD, "password": "p", "identifier": {"type": "m.id.face"}} | 400 M_UNKNOWN
                    login without user       | POST /login |  | {PASSWORD, "password": "p"} | 400 M_MISSING_PARAM
                    login without password   | POST /login |  | {PASSWORD, "user": "alice"} | 400 M_MISSING_PARAM
                    password is a number     | POST /login |  | {PASSWORD, "user": "alice", "password": 1} | 400 M_BAD_JSON
                    device without id        | POST /login |  | {PASSWORD, "user": "alice", "password": "secret", "device_id": ""} | 400 M_INVALID_PARAM
                    login without type       | POST /login |  | {} | 400 M_MISSING_PARAM
                    unknown type of login    | POST /login |  | {"type": "m.login.magic"} | 400 M_UNKNOWN
                    application service      | POST /login |  | {"type": "m.login.application_service"} | 400 M_APPSERVICE_LOGIN_UNSUPPORTED
                    unknown login token      | POST /login |  | {"type": "m.login.token", "token": "x"} | 403 M_FORBIDDEN
                    guest                    | POST /register?kind=guest |  | {} | 403 M_FORBIDDEN
                    neither guest nor user   | POST /register?kind=pet |  | {} | 400 M_INVALID_PARAM
                    no password              | POST /register |  | {DUMMY, "username": "carol"} | 400 M_MISSING_PARAM
                    empty password           | POST /register |  | {DUMMY, "username": "carol", "password": ""} | 400 M_WEAK_PASSWORD
                    no JSON                  | POST /register |  | { | 400 M_NOT_JSON
                    array                    | POST /register |  | [] | 400 M_BAD_JSON
                    auth is no object        | POST /register |  | {"auth": 1} | 400 M_BAD_JSON
                    name with a space        | POST /register |  | {DUMMY, "password": "p", "username": "al ice"} | 400 M_INVALID_USERNAME
                    name with a colon        | POST /register |  | {DUMMY, "password": "p", "username": "al:ice"} | 400 M_INVALID_USERNAME
                    name with an umlaut      | POST /register |  | {DUMMY, "password": "p", "username": "älice"} | 400 M_INVALID_USERNAME
                    name with NUL            | POST /register |  | {DUMMY, "password": "p", "username": "al\\u0000ice"} | 400 M_INVALID_USERNAME
                    empty name               | POST /register |  | {DUMMY, "password": "p", "username": ""} | 400 M_INVALID_USERNAME
                    user id of 256 bytes     | POST /register |  | {DUMMY, "password": "p", "username": "LONG"} | 400 M_INVALID_USERNAME
                    taken name               | POST /register |  | {DUMMY, "password": "p", "username": "alice"} | 400 M_USER_IN_USE
                    taken name in capitals   | POST /register |  | {DUMMY, "password": "p", "username": "ALICE"} | 400 M_USER_IN_USE
                    name of a closed account | POST /register |  | {DUMMY, "password": "p", "username": "gone"} | 400 M_USER_IN_USE
                    taken, not available     | GET  /register/available?username=alice |  |  | 400 M_USER_IN_USE
                    bad, not available       | GET  /register/available?username=%20 |  |  | 400 M_INVALID_USERNAME
                    available without name   | GET  /register/available |  |  | 400 M_MISSING_PARAM
                    unknown device           | GET  /devices/NONE | ALICE |  | 404 M_NOT_FOUND
                    rename unknown device    | PUT  /devices/NONE | ALICE | {"display_name": "x"} | 404 M_NOT_FOUND
                    no devices to delete     | POST /delete_devices | ALICE | {} | 400 M_MISSING_PARAM
                    page of unknown session  | GET  /auth/m.login.dummy/fallback/web?session=x |  |  | 404 M_NOT_FOUND
                    """)
    void isRefused(
            String what,
            String operation,
            @Nullable String token,
            @Nullable String body,
            String error) {
        String[] request = operation.split(" +", -1);
        Answer answer =
                server.send(
                        request[0],
                        "/_matrix/client/v3" + request[1],
                        "ALICE".equals(token) ? alice : token,
                        body == null ? null : spelledOut(body));
        assertEquals(
                error, answer.status() + " " + answer.string("errcode"), answer.body().toString());
        assertEquals(Optional.empty(), answer.body().bool("soft_logout"));
    }

    private static String spelledOut(String body) {
        return body.replace("PASSWORD", "\"type\": \"m.login.password\"")
                .replace("DUMMY", "\"auth\": {\"type\": \"m.login.dummy\"}")
                .replace("LONG", "a".repeat(256 - "@:hearth.test".length()));
    }

    @Test
    void withoutASecretToolsHaveNoAddress() {
        Answer answer = server.get("/_synapse/admin/v1/register", null);
        assertEquals(404, answer.status());
        assertEquals(Optional.of("M_UNRECOGNIZED"), answer.errcode());
    }

    @Test
    void wrongPasswordAndUnknownUserLookTheSame() {
        assertEquals(server.login("alice", "other").body(), server.login("nobody", "other").body());
    }

    @Test
    void aLockedUserMayOnlyLogOut() {
        String token = server.register("locked").token();
        int user = server.number("@locked:hearth.test");
        server.accounts().accounts().lock(user, true);
        Answer refused = server.get(WHOAMI, token);
        assertEquals(401, refused.status());
        assertEquals(Optional.of("M_USER_LOCKED"), refused.errcode());
        assertEquals(Optional.of(true), refused.body().bool("soft_logout"));
        Answer login = server.login("locked", "secret");
        assertEquals(Optional.of("M_USER_LOCKED"), login.errcode());
        assertEquals(Optional.of(true), login.body().bool("soft_logout"));
        server.accounts().accounts().lock(user, false);
        assertEquals(200, server.get(WHOAMI, token).status());
        server.accounts().accounts().lock(user, true);
        assertEquals(200, server.post("/_matrix/client/v3/logout", token, "{}").status());
        assertEquals(Optional.of("M_UNKNOWN_TOKEN"), server.get(WHOAMI, token).errcode());
    }

    @Test
    void aSuspendedUserMayLogIn() {
        server.register("suspended");
        server.accounts().accounts().suspend(server.number("@suspended:hearth.test"), true);
        assertEquals(200, server.login("suspended", "secret").status());
    }

    @Test
    void aLoginTokenIsGoodOnceAndForAShortTime() {
        int user = server.number("@alice:hearth.test");
        String token = server.accounts().logins().loginToken(user).token();
        String body = "{\"type\": \"m.login.token\", \"token\": \"" + token + "\"}";
        assertEquals(200, server.post(LOGIN, null, body).status());
        assertEquals(Optional.of("M_FORBIDDEN"), server.post(LOGIN, null, body).errcode());
        String late = server.accounts().logins().loginToken(user).token();
        server.pass(Duration.ofMinutes(2));
        assertEquals(
                Optional.of("M_FORBIDDEN"),
                server.post(LOGIN, null, body.replace(token, late)).errcode());
    }

    @Test
    void aClosedServerRegistersNobody(@TempDir Path folder) {
        try (var closed = TestHearth.in(folder).with("REGISTRATION_MODE", "closed").start()) {
            assertEquals(Optional.of("M_FORBIDDEN"), closed.registration("alice").errcode());
            for (String path :
                    new String[] {
                        REGISTER + "/available?username=alice",
                        "/_matrix/client/v1/register/m.login.registration_token/validity?token=x"
                    }) {
                Answer answer = closed.get(path, null);
                assertEquals(403, answer.status());
                assertEquals(Optional.of("M_FORBIDDEN"), answer.errcode());
            }
        }
    }
}
