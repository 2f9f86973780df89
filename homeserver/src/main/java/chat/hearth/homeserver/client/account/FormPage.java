package chat.hearth.homeserver.client.account;

import chat.hearth.http.HtmlPage;

/// The look of the pages with forms.
final class FormPage {
    private static final String STYLE =
            """
            body{font:16px/1.5 system-ui,sans-serif;max-width:24em;margin:4em auto;padding:0 1em;
            color:#222;background:#fff}
            label{display:block;margin:1em 0 .3em}
            input{font:inherit;width:100%;box-sizing:border-box;padding:.5em;border:1px solid #888;
            border-radius:4px}
            button{font:inherit;margin-top:1.5em;padding:.5em 1.5em;border:0;border-radius:4px;
            background:#b3450c;color:#fff}
            .problem{color:#a00}
            @media(prefers-color-scheme:dark){body{color:#ddd;background:#1c1917}
            input{background:#292524;color:#ddd}.problem{color:#f88}}
            """;

    private FormPage() {}

    /// @param script may be empty
    static HtmlPage of(String title, String body, String script) {
        return new HtmlPage(
                title,
                "<main><h1>" + HtmlPage.escape(title) + "</h1>" + body + "</main>",
                STYLE,
                script);
    }

    /// What went wrong, read out by screen readers; nothing when `problem` is empty.
    static String problem(String problem) {
        return "<p class=\"problem\" role=\"alert\" id=\"problem\">"
                + HtmlPage.escape(problem)
                + "</p>";
    }

    /// A field with its label.
    static String field(String name, String label, String type, String autocomplete) {
        return "<label for=\"%s\">%s</label><input id=\"%s\" name=\"%s\" type=\"%s\" autocomplete=\"%s\" required>"
                .formatted(name, HtmlPage.escape(label), name, name, type, autocomplete);
    }
}
