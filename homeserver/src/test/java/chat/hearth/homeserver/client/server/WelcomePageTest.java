package chat.hearth.homeserver.client.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.cli.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page for people who open a server's address in a browser.
final class WelcomePageTest {
    @TempDir private Path folder = Path.of("unset");

    @Test
    void thePageTellsNameVersionHealthAndTheAddressToTypeIn() {
        try (TestHearth server = TestHearth.start(folder)) {
            String page = page(server);
            assertTrue(page.contains("<dd><code>" + TestHearth.NAME + "</code></dd>"), page);
            assertTrue(page.contains("<dt>Version</dt><dd>" + Version.number() + "</dd>"), page);
            assertTrue(page.contains("<dd><span class=\"well\">well</span></dd>"), page);
            assertTrue(page.contains("<code>https://" + TestHearth.NAME + "</code>"), page);
        }
    }

    @Test
    void withoutAProxyThePageSaysToTypeTheScheme() {
        var local = TestHearth.in(folder).with("BASE_URL", "http://127.0.0.1:8008");
        try (TestHearth server = local.start()) {
            String page = page(server);
            assertTrue(page.contains("Type it with its <code>http://</code>"), page);
            assertTrue(page.contains("<h2>Not there yet</h2>"), page);
        }
    }

    private static String page(TestHearth server) {
        HttpResponse<byte[]> answer = server.exchange("GET", "/", null, null);
        assertEquals(200, answer.statusCode());
        assertEquals(
                "text/html; charset=utf-8",
                answer.headers().firstValue("Content-Type").orElseThrow());
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
