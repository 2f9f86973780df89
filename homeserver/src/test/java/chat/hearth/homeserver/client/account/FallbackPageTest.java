package chat.hearth.homeserver.client.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages on which somebody goes on who makes an account with a client that does not know the
/// stage.
///
/// See [Fallback](https://spec.matrix.org/v1.19/client-server-api/#fallback).
final class FallbackPageTest {
    private static final String V3 = "/_matrix/client/v3/";

    /// What a page tells the window that opened it.
    private static final String DONE = "authDone";

    private static final String WISH = "{\"username\":\"bob\",\"password\":\"p\"%s}";

    @TempDir private Path folder;

    private static String session(TestHearth server) {
        return server.post(V3 + "register", null, WISH.formatted("")).string("session");
    }

    private static String page(String stage, String session) {
        return V3 + "auth/" + stage + "/fallback/web?session=" + session;
    }

    private static String shown(TestHearth server, String page) {
        return text(server.exchange("GET", page, null, null));
    }

    private static String sent(TestHearth server, String page, String form) {
        return text(server.exchange("POST", page, null, form));
    }

    private static String text(HttpResponse<byte[]> answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertEquals(200, answer.statusCode(), text);
        assertEquals(
                "text/html; charset=utf-8", answer.headers().firstValue("Content-Type").orElse(""));
        return text;
    }

    private static Answer goOn(TestHearth server, String session) {
        String auth = ",\"auth\":{\"session\":\"" + session + "\"}";
        return server.post(V3 + "register", null, WISH.formatted(auth));
    }

    @Test
    void whereAnybodyMayRegisterAButtonIsEnough() {
        try (TestHearth server = TestHearth.start(folder)) {
            String session = session(server);
            String page = page("m.login.dummy", session);
            String form = shown(server, page);
            assertTrue(form.contains("<form method=\"post\">"), form);
            assertFalse(form.contains("<input"), form);
            assertEquals(401, goOn(server, session).status(), "nobody has pressed it");
            assertTrue(sent(server, page, "").contains(DONE));
            assertEquals("@bob:hearth.test", goOn(server, session).string("user_id"));
        }
    }

    @Test
    void whereATokenIsNeededItIsAskedFor() {
        try (TestHearth server =
                TestHearth.in(folder)
                        .with("REGISTRATION_MODE", "token")
                        .with("REGISTRATION_TOKENS", "letmein")
                        .start()) {
            String session = session(server);
            String page = page("m.login.registration_token", session);
            String form = shown(server, page);
            assertTrue(form.contains("name=\"token\""), form);
            String refused = sent(server, page, "token=guessed");
            assertTrue(refused.contains("role=\"alert\""), refused);
            assertTrue(refused.contains("name=\"token\""), refused);
            assertFalse(refused.contains(DONE), refused);
            assertEquals(401, goOn(server, session).status());
            assertTrue(sent(server, page, "token=letmein").contains(DONE));
            assertEquals("@bob:hearth.test", goOn(server, session).string("user_id"));
        }
    }

    @Test
    void aStageThatTheSessionDoesNotAskForHasNoPage() {
        try (TestHearth server = TestHearth.start(folder)) {
            String session = session(server);
            for (String stage : new String[] {"m.login.registration_token", "m.login.sso"}) {
                String page = page(stage, session);
                assertEquals(404, server.exchange("GET", page, null, null).statusCode(), stage);
                assertEquals(404, server.exchange("POST", page, null, "").statusCode(), stage);
            }
            String unknown = page("m.login.dummy", "nobody");
            assertEquals(404, server.exchange("GET", unknown, null, null).statusCode());
            assertEquals(401, goOn(server, session).status());
        }
    }
}
