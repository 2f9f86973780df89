package chat.hearth.homeserver.client.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.homeserver.account.SessionLifetimes;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionsTest {
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";
    private static final String REFRESH = "/_matrix/client/v3/refresh";

    @TempDir private Path folder;

    private TestHearth server;

    @BeforeEach
    void start() {
        server = TestHearth.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void registeringLogsADeviceIn() {
        Answer registered = server.registration("alice");
        assertEquals(200, registered.status());
        assertEquals("@alice:hearth.test", registered.string("user_id"));
        Answer who = server.get(WHOAMI, registered.string("access_token"));
        assertEquals("@alice:hearth.test", who.string("user_id"));
        assertEquals(registered.string("device_id"), who.string("device_id"));
        assertEquals(Optional.of(false), who.body().bool("is_guest"));
    }

    @Test
    void loggingInMakesAnotherDevice() {
        String first = server.registration("alice").string("device_id");
        for (String user : new String[] {"alice", "@alice:hearth.test", " Alice "}) {
            Answer login = server.login(user, "secret");
            assertEquals(200, login.status(), user);
            assertNotEquals(first, login.string("device_id"));
            assertTrue(login.body().object("well_known").isPresent());
        }
    }

    @Test
    void loggingInOnAKnownDeviceEndsItsTokens() {
        Answer before = server.registration("alice");
        Answer after =
                server.post(
                        "/_matrix/client/v3/login",
                        null,
                        """
                        {"type": "m.login.password", "user": "alice", "password": "secret",
                         "device_id": "%s"}
                        """
                                .formatted(before.string("device_id")));
        assertEquals(before.string("device_id"), after.string("device_id"));
        assertEquals(401, server.get(WHOAMI, before.string("access_token")).status());
        assertEquals(200, server.get(WHOAMI, after.string("access_token")).status());
    }

    @Test
    void loggingOutEndsOneSessionOrAll() {
        String first = server.register("alice").token();
        String second = server.login("alice", "secret").string("access_token");
        String third = server.login("alice", "secret").string("access_token");
        assertEquals(200, server.get(WHOAMI, first).status());
        assertEquals(200, server.post("/_matrix/client/v3/logout", first, "").status());
        assertEquals(Optional.of("M_UNKNOWN_TOKEN"), server.get(WHOAMI, first).errcode());
        assertEquals(200, server.get(WHOAMI, second).status());
        assertEquals(200, server.post("/_matrix/client/v3/logout/all", second, "{}").status());
        assertEquals(401, server.get(WHOAMI, second).status());
        assertEquals(401, server.get(WHOAMI, third).status());
    }

    @Test
    void anExpiredTokenIsASoftLogoutAndCanBeRefreshed() {
        Answer login = refreshableLogin();
        assertEquals(
                SessionLifetimes.DEFAULT.access().toMillis(),
                login.body().integer("expires_in_ms").orElseThrow());
        server.pass(SessionLifetimes.DEFAULT.access());
        Answer expired = server.get(WHOAMI, login.string("access_token"));
        assertEquals(Optional.of("M_UNKNOWN_TOKEN"), expired.errcode());
        assertEquals(Optional.of(true), expired.body().bool("soft_logout"));
        Answer refreshed = refresh(login.string("refresh_token"));
        Answer who = server.get(WHOAMI, refreshed.string("access_token"));
        assertEquals(login.string("device_id"), who.string("device_id"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefreshTokenStaysGoodUntilWhatItGaveIsUsed(boolean restart) {
        Answer login = refreshableLogin();
        Answer lost = refresh(login.string("refresh_token"));
        if (restart) {
            server.restart();
        }
        Answer kept = refresh(login.string("refresh_token"));
        assertEquals(200, server.get(WHOAMI, login.string("access_token")).status());
        assertEquals(200, server.get(WHOAMI, kept.string("access_token")).status());
        assertEquals(401, server.get(WHOAMI, login.string("access_token")).status());
        assertEquals(401, server.get(WHOAMI, lost.string("access_token")).status());
        assertEquals(401, refresh(lost.string("refresh_token")).status());
        assertEquals(200, refresh(kept.string("refresh_token")).status());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefreshTokenThatComesAgainEndsTheSession(boolean restart) {
        Answer login = refreshableLogin();
        Answer refreshed = refresh(login.string("refresh_token"));
        assertEquals(200, server.get(WHOAMI, refreshed.string("access_token")).status());
        if (restart) {
            server.restart();
        }
        Answer again = refresh(login.string("refresh_token"));
        assertEquals(401, again.status());
        assertEquals(Optional.of("M_UNKNOWN_TOKEN"), again.errcode());
        assertEquals(401, server.get(WHOAMI, refreshed.string("access_token")).status());
        assertEquals(401, refresh(refreshed.string("refresh_token")).status());
    }

    private Answer refreshableLogin() {
        server.registration("alice");
        return server.post(
                "/_matrix/client/v3/login",
                null,
                """
                {"type": "m.login.password", "password": "secret", "refresh_token": true,
                 "identifier": {"type": "m.id.user", "user": "alice"}}
                """);
    }

    private Answer refresh(String token) {
        return server.post(REFRESH, null, "{\"refresh_token\": \"" + token + "\"}");
    }
}
