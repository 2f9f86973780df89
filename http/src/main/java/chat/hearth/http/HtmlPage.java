package chat.hearth.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A web page that the server itself shows, such as the welcome page or the fallback pages of
/// authentication. It is sent with headers that let it load nothing, run nothing but its own
/// script, be framed by nobody and send its forms only here.
///
/// Everything that comes from outside has to go through [#escape(String)] before it becomes part of
/// a body.
///
/// @param title the title, not yet escaped
/// @param body the HTML inside of `body`
/// @param style CSS, may be empty
/// @param script JavaScript, may be empty; it must not hold anything that comes from outside
public record HtmlPage(String title, String body, String style, String script) {
    /// A page without style and script.
    public HtmlPage(String title, String body) {
        this(title, body, "", "");
    }

    /// `text` for use inside of elements and quoted attributes.
    public static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /// 200 with this page.
    public Response response() {
        return response(policy());
    }

    /// 200 with this page, whose script may call this server.
    public Response callingBack() {
        return response(policy() + "; connect-src 'self'");
    }

    private Response response(String policy) {
        String html =
                "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                        + ("<title>" + escape(title) + "</title>")
                        + (style.isEmpty() ? "" : "<style>" + style + "</style>")
                        + ("</head><body>" + body)
                        + (script.isEmpty() ? "" : "<script>" + script + "</script>")
                        + "</body></html>\n";
        return Response.content("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .withHeader("Content-Security-Policy", policy)
                .withHeader("X-Frame-Options", "DENY")
                .withHeader("X-Content-Type-Options", "nosniff")
                .withHeader("Referrer-Policy", "no-referrer")
                .withHeader("Cache-Control", "no-store");
    }

    private String policy() {
        return "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
                + source("style-src", style)
                + source("script-src", script);
    }

    /// Allows an inline text by its hash.
    private static String source(String directive, String text) {
        return text.isEmpty() ? "" : "; " + directive + " 'sha256-" + sha256(text) + "'";
    }

    private static String sha256(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
