package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessTest {
    private TestServer server;

    @BeforeAll
    void start() {
        server =
                TestServer.of(
                        route("/public").withAccess(Access.PUBLIC),
                        route("/optional").withAccess(Access.OPTIONAL),
                        route("/user"),
                        route("/guest").withAccess(Access.USER_OR_GUEST),
                        route("/logout").withAccess(Access.EVEN_LOCKED),
                        route("/admin").withAccess(Access.ADMIN));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Route route(String path) {
        return Route.get(
                path,
                request ->
                        Response.json(
                                "user",
                                request.knownRequester()
                                        .map(who -> who.userId().value())
                                        .orElse("nobody")));
    }

    @ParameterizedTest
    @CsvSource({
        "/public,   -,       200, nobody",
        "/public,   garbage, 200, nobody",
        "/optional, -,       200, nobody",
        "/optional, alice,   200, @alice:hs",
        "/optional, guest,   200, @1:hs",
        "/optional, garbage, 401, M_UNKNOWN_TOKEN",
        "/optional, locked,  401, M_USER_LOCKED",
        "/user,     -,       401, M_MISSING_TOKEN",
        "/user,     alice,   200, @alice:hs",
        "/user,     garbage, 401, M_UNKNOWN_TOKEN",
        "/user,     expired, 401, M_UNKNOWN_TOKEN",
        "/user,     guest,   403, M_GUEST_ACCESS_FORBIDDEN",
        "/user,     locked,  401, M_USER_LOCKED",
        "/user,     admin,   200, @root:hs",
        "/guest,    guest,   200, @1:hs",
        "/guest,    locked,  401, M_USER_LOCKED",
        "/logout,   locked,  200, @bob:hs",
        "/logout,   -,       401, M_MISSING_TOKEN",
        "/admin,    admin,   200, @root:hs",
        "/admin,    alice,   403, M_FORBIDDEN",
        "/admin,    guest,   403, M_GUEST_ACCESS_FORBIDDEN",
    })
    void everyRouteLetsInWhomItSays(String path, String token, int status, String answer)
            throws Exception {
        HttpResponse<String> response =
                token.equals("-")
                        ? server.get(path)
                        : server.get(path, "Authorization", "Bearer " + token);
        assertEquals(status, response.statusCode());
        JsonObject body = TestServer.json(response);
        assertEquals(answer, body.string(status == 200 ? "user" : "errcode").orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"expired, true", "locked, true", "garbage, false"})
    void softLogoutTellsTheClientToKeepItsStore(String token, boolean soft) throws Exception {
        JsonObject body = TestServer.json(server.get("/user", "Authorization", "Bearer " + token));
        assertEquals(soft, body.bool("soft_logout").orElse(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer", "Basic YWxpY2U6", "alice", ""})
    void aHeaderWithoutTokenIsNone(String header) throws Exception {
        assertEquals(
                "M_MISSING_TOKEN",
                TestServer.errcode(server.get("/user", "Authorization", header)));
    }

    @ParameterizedTest
    @CsvSource({"/user?access_token=alice, 200", "/user?access_token=, 401", "/user?x=alice, 401"})
    void theQueryMayHoldTheToken(String path, int status) throws Exception {
        assertEquals(status, server.get(path).statusCode());
    }

    @Test
    void theHeaderWinsOverTheQuery() throws Exception {
        assertEquals(
                401,
                server.get("/user?access_token=alice", "Authorization", "bearer garbage")
                        .statusCode());
    }

    @Test
    void anApplicationServiceActsAsWhomItNames() throws Exception {
        assertEquals(
                "{\"user\":\"@ghost:hs\"}",
                server.get("/user?user_id=@ghost:hs", "Authorization", "Bearer as").body());
    }
}
