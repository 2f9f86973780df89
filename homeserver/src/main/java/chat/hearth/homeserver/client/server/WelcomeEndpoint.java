package chat.hearth.homeserver.client.server;

import chat.hearth.homeserver.ops.Health;
import chat.hearth.http.Access;
import chat.hearth.http.HtmlPage;
import chat.hearth.http.Request;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import java.net.URI;
import java.util.List;

/// `GET /`: the page for people who open the server's address in a browser.
final class WelcomeEndpoint {
    private static final String STYLE =
            """
            body{font:17px/1.6 system-ui,sans-serif;max-width:38em;margin:4em auto;padding:0 1em;
            color:#222;background:#fff}
            h1{font-weight:600;margin-bottom:.2em}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.3em 1.5em;margin:2em 0}
            dt{color:#666}dd{margin:0}
            code{font-size:.95em;padding:.1em .4em;border-radius:4px;background:#f3efe9;
            overflow-wrap:anywhere}
            .well{color:#2a7a2a}.ill{color:#a00}
            @media(prefers-color-scheme:dark){body{color:#ddd;background:#1c1917}dt{color:#aaa}
            code{background:#292524}.well{color:#7c7}.ill{color:#f88}}
            """;

    private final ServerFacts facts;

    WelcomeEndpoint(ServerFacts facts) {
        this.facts = facts;
    }

    List<Route> routes() {
        return List.of(Route.get("/", this::page).withAccess(Access.PUBLIC));
    }

    private Response page(Request request) {
        String body =
                "<main><h1>This is Hearth</h1><p>A Matrix homeserver: it keeps rooms and accounts"
                        + " for chat apps.</p><dl>"
                        + row("Server name", code(facts.name().value()))
                        + row("Version", HtmlPage.escape(facts.version()))
                        + row("Health", health())
                        + row("For your app", address())
                        + "</dl><h2>Get in</h2><p>"
                        + accounts()
                        + "</p><p>Then open an app such as Element or Cinny, choose to log in on"
                        + " another homeserver, and type the address above. "
                        + scheme()
                        + "</p><h2>Not there yet</h2><p>Rooms of other servers, encrypted rooms,"
                        + " pictures and files, and push notifications to phones.</p></main>";
        return new HtmlPage(facts.name() + " – Hearth", body, STYLE, "").response();
    }

    private String health() {
        Health health = facts.health().get();
        String mood = health == Health.WELL ? "well" : "ill";
        return "<span class=\"%s\">%s</span>".formatted(mood, HtmlPage.escape(health.words()));
    }

    private String address() {
        URI address = facts.address();
        return address == null ? "the address of this page" : code(address.toString());
    }

    /// Apps take an address without its scheme for one with `https`.
    private String scheme() {
        URI address = facts.address();
        return address == null || "http".equals(address.getScheme())
                ? "Type it with its "
                        + code("http://")
                        + ", unless a proxy in front of this server speaks "
                        + code("https://")
                        + ": apps try that by themselves."
                : "";
    }

    private String accounts() {
        return switch (facts.registration()) {
            case OPEN ->
                    "Anybody who reaches this page may make an account, in the app or with "
                            + code("./hearth user create NAME")
                            + ".";
            case TOKEN ->
                    "Anybody with a registration token may make an account in the app."
                            + " The operator makes others with "
                            + code("./hearth user create NAME")
                            + ".";
            case CLOSED ->
                    "The operator makes accounts with " + code("./hearth user create NAME") + ".";
        };
    }

    private static String row(String term, String html) {
        return "<dt>" + HtmlPage.escape(term) + "</dt><dd>" + html + "</dd>";
    }

    private static String code(String text) {
        return "<code>" + HtmlPage.escape(text) + "</code>";
    }
}
