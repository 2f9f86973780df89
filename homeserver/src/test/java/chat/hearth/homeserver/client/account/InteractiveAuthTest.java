package chat.hearth.homeserver.client.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.homeserver.account.UserInteractiveAuth;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.RegistrationToken;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InteractiveAuthTest {
    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String DELETE = "/_matrix/client/v3/delete_devices";
    private static final String DEVICES = "/_matrix/client/v3/devices";

    @TempDir private Path folder;

    private TestHearth server;
    private String token;

    @BeforeEach
    void start() {
        server = TestHearth.start(folder);
        token = server.register("alice").token();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void withoutProofTheWaysToProveAreListed() {
        Answer answer = server.post(REGISTER, null, "{\"username\": \"bob\"}");
        assertEquals(401, answer.status());
        assertEquals(List.of("m.login.dummy"), firstFlow(answer));
        assertTrue(answer.body().object("params").isPresent());
        assertEquals(Optional.empty(), answer.errcode());
        assertFalse(answer.string("session").isEmpty());
    }

    @Test
    void aProofThatIsNullIsNone() {
        Answer answer = server.post(DELETE, token, "{\"devices\": [\"X\"], \"auth\": null}");
        assertEquals(401, answer.status());
        assertEquals(Optional.empty(), answer.errcode());
        assertEquals(List.of("m.login.password"), firstFlow(answer));
    }

    @Test
    void aSessionThatNobodyGoesOnWithEnds(@TempDir Path other) {
        try (var still = TestHearth.in(other).stillClock().start()) {
            String session = still.post(REGISTER, null, "{}").string("session");
            still.pass(UserInteractiveAuth.SESSION_IDLE_MAX.plusSeconds(1));
            String proof =
                    "{\"auth\": {\"type\": \"m.login.dummy\", \"session\": \"" + session + "\"}}";
            Answer late = still.post(REGISTER, null, proof);
            assertEquals(401, late.status());
            assertNotEquals(session, late.string("session"));
        }
    }

    @Test
    void aSessionGoesOnWithoutTheBodyAndIsOverAfterSuccess() {
        String session =
                server.post(REGISTER, null, "{\"username\": \"bob\", \"password\": \"p\"}")
                        .string("session");
        String proof =
                "{\"auth\": {\"type\": \"m.login.dummy\", \"session\": \"" + session + "\"}}";
        assertEquals("@bob:hearth.test", server.post(REGISTER, null, proof).string("user_id"));
        Answer replayed = server.post(REGISTER, null, proof);
        assertEquals(401, replayed.status());
        assertEquals(Optional.of("M_FORBIDDEN"), replayed.errcode());
        assertNotEquals(session, replayed.string("session"));
    }

    @Test
    void afterANameWasTakenTheSessionTakesAnotherName() {
        String session = server.post(REGISTER, null, "{}").string("session");
        String auth = "\"auth\": {\"type\": \"m.login.dummy\", \"session\": \"" + session + "\"}";
        String wish = "{\"username\": \"%s\", \"password\": \"p\", " + auth + "}";
        assertEquals(400, server.post(REGISTER, null, wish.formatted("alice")).status());
        assertEquals(200, server.post(REGISTER, null, wish.formatted("bob")).status());
    }

    @Test
    void aWrongPasswordMayBeTriedAgain() {
        String body = "{\"devices\": [\"X\"]%s}";
        Answer asked = server.post(DELETE, token, body.formatted(""));
        Answer wrong = server.post(DELETE, token, proved(asked, body, "alice", "wrong"));
        assertEquals(401, wrong.status());
        assertEquals(Optional.of("M_FORBIDDEN"), wrong.errcode());
        assertEquals(asked.string("session"), wrong.string("session"));
        assertEquals(
                200, server.post(DELETE, token, proved(asked, body, "alice", "secret")).status());
    }

    @Test
    void aPageProvesAStage() {
        Answer asked = server.send("DELETE", DEVICES + "/ONE", token, "{}");
        String page =
                "/_matrix/client/v3/auth/m.login.password/fallback/web?session="
                        + asked.string("session");
        HttpResponse<byte[]> form = server.exchange("GET", page, null, null);
        assertEquals(200, form.statusCode());
        assertTrue(text(form).contains("<form method=\"post\">"));
        assertTrue(
                form.headers()
                        .firstValue("Content-Security-Policy")
                        .orElse("")
                        .contains("frame-ancestors 'none'"));
        assertFalse(text(server.exchange("POST", page, null, "password=no")).contains("authDone"));
        assertTrue(
                text(server.exchange("POST", page, null, "password=secret")).contains("authDone"));
        String session = "{\"auth\": {\"session\": \"" + asked.string("session") + "\"}}";
        assertEquals(200, server.send("DELETE", DEVICES + "/ONE", token, session).status());
    }

    @Test
    void aRegistrationTokenLetsInAsOftenAsItAllows(@TempDir Path other) {
        try (var byToken = byToken(other)) {
            var tokens = byToken.stores().registrationTokens();
            byToken.database()
                    .journal()
                    .write(
                            tx ->
                                    tokens.add(
                                            tx,
                                            new RegistrationToken(
                                                    "once", OptionalInt.of(1), 0, 0, 0)));
            assertEquals(
                    List.of("m.login.registration_token"),
                    firstFlow(byToken.post(REGISTER, null, "{}")));
            assertEquals(401, registerWith(byToken, "a", "wrong").status());
            assertTrue(isValid(byToken, "once"));
            assertEquals(200, registerWith(byToken, "b", "once").status());
            assertFalse(isValid(byToken, "once"));
            Answer usedUp = registerWith(byToken, "c", "once");
            assertEquals(401, usedUp.status());
            assertEquals(Optional.of("M_FORBIDDEN"), usedUp.errcode());
            assertEquals(200, registerWith(byToken, "d", "letmein").status());
            assertEquals(200, registerWith(byToken, "e", "letmein").status());
        }
    }

    @Test
    void aTokenThatWasUsedUpMeanwhileHasToBeProvedAgain(@TempDir Path other) {
        try (var byToken = byToken(other)) {
            var stores = byToken.stores().registrationTokens();
            byToken.database()
                    .journal()
                    .write(
                            tx ->
                                    stores.add(
                                            tx,
                                            new RegistrationToken(
                                                    "once", OptionalInt.of(1), 0, 0, 0)));
            String session = byToken.post(REGISTER, null, "{}").string("session");
            String auth =
                    "\"auth\": {\"type\": \"m.login.registration_token\", \"token\": \"once\","
                            + " \"session\": \""
                            + session
                            + "\"}";
            assertEquals(400, byToken.post(REGISTER, null, "{" + auth + "}").status());
            assertEquals(200, registerWith(byToken, "first", "once").status());
            Answer late =
                    byToken.post(
                            REGISTER,
                            null,
                            "{\"username\": \"late\", \"password\": \"p\", " + auth + "}");
            assertEquals(401, late.status());
            assertEquals(0, late.body().array("completed").orElseThrow().size());
            assertEquals(
                    "late",
                    registerIn(byToken, session, "late", "letmein")
                            .string("user_id")
                            .substring(1, 5));
        }
    }

    private static TestHearth byToken(Path folder) {
        return TestHearth.in(folder)
                .with("REGISTRATION_MODE", "token")
                .with("REGISTRATION_TOKENS", "letmein")
                .start();
    }

    private static Answer registerWith(TestHearth server, String name, String token) {
        return registerIn(server, server.post(REGISTER, null, "{}").string("session"), name, token);
    }

    private static Answer registerIn(TestHearth server, String session, String name, String token) {
        return server.post(
                REGISTER,
                null,
                """
                {"username": "%s", "password": "p", "auth":
                 {"type": "m.login.registration_token", "token": "%s", "session": "%s"}}
                """
                        .formatted(name, token, session));
    }

    private static boolean isValid(TestHearth server, String token) {
        return server.get(
                        "/_matrix/client/v1/register/m.login.registration_token/validity?token="
                                + token,
                        null)
                .body()
                .bool("valid")
                .orElseThrow();
    }

    private static String proved(Answer asked, String body, String user, String password) {
        return body.formatted(
                """
                , "auth": {"type": "m.login.password", "session": "%s", "password": "%s",
                 "identifier": {"type": "m.id.user", "user": "%s"}}
                """
                        .formatted(asked.string("session"), password, user));
    }

    private static List<String> firstFlow(Answer answer) {
        JsonObject flow =
                (JsonObject) answer.body().array("flows").orElseThrow().values().getFirst();
        return flow.array("stages").flatMap(stages -> stages.strings()).orElseThrow();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
