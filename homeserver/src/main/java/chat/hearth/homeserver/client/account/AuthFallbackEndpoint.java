package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.UserInteractiveAuth;
import chat.hearth.http.Access;
import chat.hearth.http.HtmlPage;
import chat.hearth.http.Request;
import chat.hearth.http.Required;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.Map;

/// `GET` and `POST /_matrix/client/v3/auth/{authType}/fallback/web`: a page that proves one stage
/// of interactive authentication, for clients that do not know the stage.
///
/// See [Fallback](https://spec.matrix.org/v1.19/client-server-api/#fallback).
final class AuthFallbackEndpoint {
    private static final String PATH = "/_matrix/client/v3/auth/{authType}/fallback/web";
    private static final int BODY_BYTES_MAX = 16 * 1024;

    /// As the specification has it.
    private static final String DONE =
            """
            if (window.onAuthDone) {
                window.onAuthDone();
            } else if (window.opener && window.opener.postMessage) {
                window.opener.postMessage("authDone", "*");
            }
            """;

    /// How a stage asks for what it needs.
    ///
    /// @param field the member of `auth`, empty when nothing has to be typed
    private record Form(String text, String field, String label, String type) {
        String inputs() {
            return field.isEmpty() ? "" : FormPage.field(field, label, type, "off");
        }

        JsonObject proof(FormBody typed) {
            return field.isEmpty() ? JsonObject.EMPTY : JsonObject.of(field, typed.field(field));
        }
    }

    private static final Map<String, Form> FORMS =
            Map.of(
                    "m.login.dummy",
                    new Form("Press the button to go on.", "", "", ""),
                    "m.login.password",
                    new Form(
                            "Your client wants to change something in your account."
                                    + " Type your password if it was you who asked for it.",
                            "password",
                            "Password",
                            "password"),
                    "m.login.registration_token",
                    new Form(
                            "Accounts on this server are for those who were given a token.",
                            "token",
                            "Registration token",
                            "text"));

    private final UserInteractiveAuth auth;
    private final RateLimiter limiter;

    AuthFallbackEndpoint(UserInteractiveAuth auth, RateLimiter limiter) {
        this.auth = auth;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, this::show).withAccess(Access.PUBLIC).withRateLimit(limiter),
                Route.post(PATH, this::prove)
                        .withAccess(Access.PUBLIC)
                        .withBodyLimit(BODY_BYTES_MAX)
                        .withRateLimit(limiter));
    }

    private Response show(Request request) {
        auth.requireStage(session(request), request.path("authType"));
        return page(form(request), "");
    }

    private Response prove(Request request) {
        Form form = form(request);
        String stage = request.path("authType");
        String session = session(request);
        auth.requireStage(session, stage);
        JsonObject proof = form.proof(FormBody.of(request.bytes()));
        return auth.proveOutside(session, stage, proof, request.clientNetwork())
                .map(problem -> page(form, problem))
                .orElseGet(AuthFallbackEndpoint::done);
    }

    private static String session(Request request) {
        return Required.of(request.query("session").orElse(null), "session");
    }

    private static Form form(Request request) {
        Form form = FORMS.get(request.path("authType"));
        if (form == null) {
            throw MatrixException.notFound("There is no page for this kind of authentication");
        }
        return form;
    }

    /// The form is sent to where it came from, session and all.
    private static Response page(Form form, String problem) {
        String body =
                "<p>"
                        + HtmlPage.escape(form.text())
                        + "</p>"
                        + FormPage.problem(problem)
                        + ("<form method=\"post\">" + form.inputs())
                        + "<button>Continue</button></form>";
        return FormPage.of("Confirm", body, "").response();
    }

    private static Response done() {
        return FormPage.of("Done", "<p>You can close this window.</p>", DONE).response();
    }
}
