package chat.hearth.homeserver.client.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.client.account.AccountServer.Answer;
import chat.hearth.homeserver.config.RegistrationConfig.Mode;
import chat.hearth.protocol.id.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is refused, with which status and code: one row per case.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccountErrorsTest {
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";
    private static final String LOGIN = "/_matrix/client/v3/login";
    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String DUMMY = "\"auth\": {\"type\": \"m.login.dummy\"}";

    private AccountServer server;
    private String alice;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = AccountServer.open(folder);
        alice = server.registered("alice");
        server.register("gone");
        var stores = server.database().stores();
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

    /// A request that is refused. `{alice}` in a token stands for Alice's.
    record Row(
            String what,
            String method,
            String path,
            String token,
            String body,
            int status,
            String errcode) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Row post(String what, String path, String body, int status, String errcode) {
        return new Row(what, "POST", path, "", body, status, errcode);
    }

    private static Row name(String what, String username, String errcode) {
        String body = "{\"username\": \"" + username + "\", \"password\": \"p\", " + DUMMY + "}";
        return post(what, REGISTER, body, 400, errcode);
    }

    static Stream<Row> rows() {
        String typed = "hsa_" + "A".repeat(43) + "AAAAAA";
        return Stream.of(
                new Row("no token", "GET", WHOAMI, "", "", 401, "M_MISSING_TOKEN"),
                new Row("garbage token", "GET", WHOAMI, "x", "", 401, "M_UNKNOWN_TOKEN"),
                new Row("invented token", "GET", WHOAMI, typed, "", 401, "M_UNKNOWN_TOKEN"),
                post(
                        "unknown refresh token",
                        "/_matrix/client/v3/refresh",
                        "{\"refresh_token\": \"x\"}",
                        401,
                        "M_UNKNOWN_TOKEN"),
                post(
                        "refresh without token",
                        "/_matrix/client/v3/refresh",
                        "{}",
                        400,
                        "M_MISSING_PARAM"),
                post("wrong password", LOGIN, password("alice", "other"), 403, "M_FORBIDDEN"),
                post("unknown user", LOGIN, password("nobody", "other"), 403, "M_FORBIDDEN"),
                post(
                        "user of another server",
                        LOGIN,
                        password("@alice:elsewhere.test", "secret"),
                        403,
                        "M_FORBIDDEN"),
                post(
                        "deactivated user",
                        LOGIN,
                        password("gone", "secret"),
                        403,
                        "M_USER_DEACTIVATED"),
                post(
                        "unknown kind of login",
                        LOGIN,
                        "{\"type\": \"m.login.magic\"}",
                        400,
                        "M_UNKNOWN"),
                post(
                        "login of an application service",
                        LOGIN,
                        "{\"type\": \"m.login.application_service\"}",
                        400,
                        "M_APPSERVICE_LOGIN_UNSUPPORTED"),
                post("login without type", LOGIN, "{}", 400, "M_MISSING_PARAM"),
                post(
                        "login without user",
                        LOGIN,
                        "{\"type\": \"m.login.password\", \"password\": \"p\"}",
                        400,
                        "M_MISSING_PARAM"),
                post(
                        "login without password",
                        LOGIN,
                        "{\"type\": \"m.login.password\", \"user\": \"alice\"}",
                        400,
                        "M_MISSING_PARAM"),
                post(
                        "login with a number for a password",
                        LOGIN,
                        "{\"type\": \"m.login.password\", \"user\": \"alice\", \"password\": 1}",
                        400,
                        "M_BAD_JSON"),
                post(
                        "login by mail address",
                        LOGIN,
                        "{\"type\": \"m.login.password\", \"password\": \"p\", \"identifier\":"
                                + " {\"type\": \"m.id.thirdparty\", \"medium\": \"email\","
                                + " \"address\": \"a@b.c\"}}",
                        403,
                        "M_FORBIDDEN"),
                post(
                        "unknown login token",
                        LOGIN,
                        "{\"type\": \"m.login.token\", \"token\": \"x\"}",
                        403,
                        "M_FORBIDDEN"),
                post(
                        "login on a device without id",
                        LOGIN,
                        "{\"type\": \"m.login.password\", \"user\": \"alice\", \"password\":"
                                + " \"secret\", \"device_id\": \"\"}",
                        400,
                        "M_INVALID_PARAM"),
                post("guest", REGISTER + "?kind=guest", "{}", 403, "M_FORBIDDEN"),
                post(
                        "neither guest nor user",
                        REGISTER + "?kind=pet",
                        "{}",
                        400,
                        "M_INVALID_PARAM"),
                post(
                        "register without password",
                        REGISTER,
                        "{\"username\": \"carol\", " + DUMMY + "}",
                        400,
                        "M_MISSING_PARAM"),
                post(
                        "register with an empty password",
                        REGISTER,
                        "{\"username\": \"carol\", \"password\": \"\", " + DUMMY + "}",
                        400,
                        "M_WEAK_PASSWORD"),
                post("register with bad JSON", REGISTER, "{", 400, "M_NOT_JSON"),
                post("register with an array", REGISTER, "[]", 400, "M_BAD_JSON"),
                post(
                        "register with auth that is no object",
                        REGISTER,
                        "{\"auth\": 1}",
                        400,
                        "M_BAD_JSON"),
                name("name with a space", "al ice", "M_INVALID_USERNAME"),
                name("name with a colon", "al:ice", "M_INVALID_USERNAME"),
                name("name with an umlaut", "\u00e4lice", "M_INVALID_USERNAME"),
                name("name with NUL", "al\\u0000ice", "M_INVALID_USERNAME"),
                name("empty name", "", "M_INVALID_USERNAME"),
                name(
                        "name of 256 bytes",
                        "a".repeat(256 - "@:hearth.test".length()),
                        "M_INVALID_USERNAME"),
                name("taken name", "alice", "M_USER_IN_USE"),
                name("taken name in capitals", "ALICE", "M_USER_IN_USE"),
                name("name of a deactivated user", "gone", "M_USER_IN_USE"),
                new Row(
                        "taken name is not available",
                        "GET",
                        REGISTER + "/available?username=alice",
                        "",
                        "",
                        400,
                        "M_USER_IN_USE"),
                new Row(
                        "bad name is not available",
                        "GET",
                        REGISTER + "/available?username=%20",
                        "",
                        "",
                        400,
                        "M_INVALID_USERNAME"),
                new Row(
                        "available without name",
                        "GET",
                        REGISTER + "/available",
                        "",
                        "",
                        400,
                        "M_MISSING_PARAM"),
                new Row(
                        "unknown device",
                        "GET",
                        "/_matrix/client/v3/devices/NONE",
                        "{alice}",
                        "",
                        404,
                        "M_NOT_FOUND"),
                new Row(
                        "rename of an unknown device",
                        "PUT",
                        "/_matrix/client/v3/devices/NONE",
                        "{alice}",
                        "{\"display_name\": \"x\"}",
                        404,
                        "M_NOT_FOUND"),
                new Row(
                        "delete_devices without devices",
                        "POST",
                        "/_matrix/client/v3/delete_devices",
                        "{alice}",
                        "{}",
                        400,
                        "M_MISSING_PARAM"),
                new Row(
                        "tools without a secret",
                        "GET",
                        "/_synapse/admin/v1/register",
                        "",
                        "",
                        404,
                        "M_UNRECOGNIZED"),
                new Row(
                        "page of an unknown session",
                        "GET",
                        "/_matrix/client/v3/auth/m.login.dummy/fallback/web?session=x",
                        "",
                        "",
                        404,
                        "M_NOT_FOUND"));
    }

    private static String password(String user, String password) {
        return "{\"type\": \"m.login.password\", \"password\": \""
                + password
                + "\", \"identifier\": {\"type\": \"m.id.user\", \"user\": \""
                + user
                + "\"}}";
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isRefused(Row row) {
        String token = row.token().replace("{alice}", alice);
        Answer answer =
                server.send(
                        row.method(),
                        row.path(),
                        token.isEmpty() ? null : token,
                        row.body().isEmpty() ? null : row.body());
        assertEquals(Optional.of(row.errcode()), answer.errcode(), answer.body().toString());
        assertEquals(row.status(), answer.status());
        assertEquals(Optional.empty(), answer.body().bool("soft_logout"));
    }

    @Test
    void wrongPasswordAndUnknownUserLookTheSame() {
        assertEquals(server.login("alice", "other").body(), server.login("nobody", "other").body());
    }

    @Test
    void aLockedUserMayOnlyLogOut() {
        String token = server.registered("locked");
        int user = number("@locked:hearth.test");
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
        server.accounts().accounts().suspend(number("@suspended:hearth.test"), true);
        assertEquals(200, server.login("suspended", "secret").status());
    }

    @Test
    void aLoginTokenIsGoodOnceAndForAShortTime() {
        int user = number("@alice:hearth.test");
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
        try (var closed = AccountServer.of(folder, Mode.CLOSED, null)) {
            assertEquals(Optional.of("M_FORBIDDEN"), closed.register("alice").errcode());
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

    private int number(String userId) {
        return server.database().stores().identifiers().findUser(new UserId(userId)).orElseThrow();
    }
}
