package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

final class HtmlPageTest {
    @Test
    void whatComesFromOutsideStaysText() {
        assertEquals(
                "&quot;&gt;&lt;script&gt;alert(&#39;x&#39; &amp;&amp; 1)&lt;/script&gt;é",
                HtmlPage.escape("\"><script>alert('x' && 1)</script>é"));
    }

    @Test
    void aPageMayLoadAndRunNothingButItsOwn() throws Exception {
        var page = new HtmlPage("<Welcome>", "<p>Hi</p>", "p{color:red}", "done()");
        try (TestServer server =
                TestServer.of(Route.get("/", _ -> page.response()).withAccess(Access.PUBLIC))) {
            HttpResponse<String> response = server.get("/");
            String policy = response.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertTrue(policy.startsWith("default-src 'none'; "), policy);
            assertTrue(policy.contains("frame-ancestors 'none'"), policy);
            assertTrue(
                    policy.contains(
                            "script-src 'sha256-lroHUHSjJXpdS7yVxHX7dDEYp5zvt8BMCfF4zUKCNuk='"),
                    policy);
            assertFalse(policy.contains("unsafe-inline"), policy);
            assertEquals(
                    "nosniff", response.headers().firstValue("X-Content-Type-Options").orElse(""));
            assertEquals(
                    "text/html; charset=utf-8",
                    response.headers().firstValue("Content-Type").orElse(""));
            assertTrue(response.body().contains("<title>&lt;Welcome&gt;</title>"));
            assertTrue(response.body().contains("<script>done()</script>"));
        }
    }
}
