package chat.hearth.homeserver.client.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often a secret may be tried, through whichever endpoint.
final class GuessLimitsTest {
    private static final int BURST = 8;
    private static final String GET_TOKEN = "/_matrix/client/v1/login/get_token";
    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String DELETE = "/_matrix/client/v3/delete_devices";
    private static final String TOOLS = "/_synapse/admin/v1/register";
    private static final String VALIDITY =
            "/_matrix/client/v1/register/m.login.registration_token/validity?token=";

    @TempDir private Path folder;

    private TestHearth server;

    @BeforeEach
    void start() {
        server = setup(folder).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static TestHearth.Setup setup(Path folder) {
        return TestHearth.in(folder)
                .with("REGISTRATION_SHARED_SECRET", "s3cret")
                .stillClock()
                .limit("LOGIN", BURST, 0.001)
                .limit("REGISTRATION", 1_000, 1_000)
                .limit("OTHER", 1_000, 1_000);
    }

    @Test
    void aRightPasswordCostsAsMuchAsAWrongOneWhereverItIsProved() {
        TestClient alice = server.register("alice");
        // The new password was hashed, too.
        for (int i = 1; i < BURST; i++) {
            assertEquals("200", loginToken(alice).outcome(), "attempt " + i);
        }
        assertEquals("429 M_LIMIT_EXCEEDED", loginToken(alice).outcome());
        assertEquals("429 M_LIMIT_EXCEEDED", server.login("alice", "secret").outcome());
        server.pass(Duration.ofSeconds(1_000));
        assertEquals("200", server.login("alice", "secret").outcome());
        assertEquals("429 M_LIMIT_EXCEEDED", loginToken(alice).outcome());
    }

    @Test
    void aChangedPasswordIsHashedAtTheUsersCost() {
        TestClient alice = server.register("alice");
        String change =
                "{\"new_password\": \"secret\", \"logout_devices\": false"
                        + auth("alice", "secret", null)
                        + "}";
        int changed = 0;
        while (changed < BURST
                && server.post("/_matrix/client/v3/account/password", alice.token(), change)
                                .status()
                        == 200) {
            changed++;
        }
        // One hash to register, and two for each change: the old password and the new one.
        assertEquals((BURST - 1) / 2, changed);
    }

    @Test
    void allWaysToWriteANameShareALimitWhetherOrNotThereIsSuchAnAccount() {
        server.register("alice");
        for (String name : new String[] {"alice", "nobody"}) {
            String[] spellings = {
                name, name.toUpperCase(Locale.ROOT), " " + name, "@" + name + ":hearth.test"
            };
            int tried = 0;
            while (tried <= BURST
                    && refusal("198.51.100." + tried, spellings[tried % spellings.length]) == 403) {
                tried++;
            }
            assertEquals(BURST - (name.equals("alice") ? 1 : 0), tried, name);
        }
    }

    @Test
    void oneAddressHashesNoMoreForManyNamesThanForOne() {
        int tried = 0;
        while (tried <= BURST && refusal("198.51.100.1", "user" + tried) == 403) {
            tried++;
        }
        assertEquals(BURST, tried);
    }

    /// The status that refuses a wrong password, which comes from an address of its own.
    private int refusal(String address, String user) {
        return assertThrows(
                        MatrixException.class,
                        () -> server.accounts().passwords().check(user, "wrong", address))
                .status();
    }

    @Test
    void aRegistrationTokenIsGuessedAtTheSameCostByAllEndpoints(@TempDir Path other) {
        var setup =
                setup(other)
                        .with("REGISTRATION_MODE", "token")
                        .with("REGISTRATION_TOKENS", "letmein");
        try (TestHearth byToken = setup.start()) {
            int guesses = 0;
            for (; guesses < BURST / 2; guesses++) {
                assertEquals("200", byToken.get(VALIDITY + "guess" + guesses, null).outcome());
            }
            for (; guesses < BURST; guesses++) {
                assertEquals("401 M_FORBIDDEN", guess(byToken, "guess" + guesses).outcome());
            }
            assertEquals("429 M_LIMIT_EXCEEDED", guess(byToken, "letmein").outcome());
            assertEquals("429 M_LIMIT_EXCEEDED", byToken.get(VALIDITY + "letmein", null).outcome());
        }
    }

    private static Answer guess(TestHearth server, String token) {
        return server.post(
                REGISTER,
                null,
                """
                {"username": "bob", "password": "secret", "auth":
                 {"type": "m.login.registration_token", "token": "%s"}}
                """
                        .formatted(token));
    }

    @Test
    void aSessionEndsAfterAFewFailures() {
        TestClient alice = server.register("alice");
        String body = "{\"devices\": [\"X\"]%s}";
        String session = server.post(DELETE, alice.token(), body.formatted("")).string("session");
        String wrong = body.formatted(auth("alice", "wrong", session));
        for (int failure = 1; failure < 5; failure++) {
            Answer refused = server.post(DELETE, alice.token(), wrong);
            assertEquals("401 M_FORBIDDEN", refused.outcome());
            assertEquals(session, refused.string("session"), "failure " + failure);
        }
        Answer last = server.post(DELETE, alice.token(), wrong);
        assertEquals("401 M_FORBIDDEN", last.outcome());
        assertNotEquals(session, last.string("session"));
        String right = body.formatted(auth("alice", "secret", session));
        assertEquals("401 M_FORBIDDEN", server.post(DELETE, alice.token(), right).outcome());
        String renewed = body.formatted(auth("alice", "secret", last.string("session")));
        assertEquals("200", server.post(DELETE, alice.token(), renewed).outcome());
    }

    @Test
    void wrongProofsOfTheSharedSecretAreLimited() {
        for (int i = 0; i < BURST; i++) {
            assertEquals("403 M_FORBIDDEN", tool().outcome());
        }
        assertEquals("429 M_LIMIT_EXCEEDED", tool().outcome());
    }

    private Answer tool() {
        String order =
                JsonObject.builder()
                        .put("nonce", server.get(TOOLS, null).string("nonce"))
                        .put("username", "root")
                        .put("password", "secret")
                        .put("mac", "00")
                        .build()
                        .toString();
        return server.post(TOOLS, null, order);
    }

    private Answer loginToken(TestClient user) {
        return server.post(
                GET_TOKEN, user.token(), "{" + auth("alice", "secret", null).substring(1) + "}");
    }

    private static String auth(String user, String password, @Nullable String session) {
        String member = session == null ? "" : ", \"session\": \"" + session + "\"";
        return """
               , "auth": {"type": "m.login.password", "password": "%s"%s,
                "identifier": {"type": "m.id.user", "user": "%s"}}
               """
                .formatted(password, member, user);
    }

    @Test
    void errorsOfLimitsAreThoseOfTheSpecification() {
        server.register("alice");
        Answer refused = server.login("alice", "wrong");
        for (int i = 0; i < BURST && refused.status() == 403; i++) {
            refused = server.login("alice", "wrong");
        }
        assertEquals(Optional.of("M_LIMIT_EXCEEDED"), refused.errcode());
        assertEquals(1_000_000L, refused.body().integer("retry_after_ms").orElseThrow());
    }
}
