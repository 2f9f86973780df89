package chat.hearth.homeserver.client.account;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import java.util.List;

/// `GET /_matrix/static/client/login/`: a page that logs in, for clients that know none of the
/// ways. It calls `window.matrixLogin.onLogin` with the answer of `/login`.
///
/// See [Login Fallback](https://spec.matrix.org/v1.19/client-server-api/#login-fallback).
final class LoginFallbackEndpoint {
    private static final String PATH = "/_matrix/static/client/login/";

    /// What the query says besides credentials goes into the login.
    private static final String SCRIPT =
            """
            window.matrixLogin = window.matrixLogin || {};
            const form = document.getElementById("login");
            const problem = document.getElementById("problem");
            form.addEventListener("submit", async event => {
                event.preventDefault();
                problem.textContent = "";
                const login = {};
                new URLSearchParams(location.search).forEach((value, name) => {
                    login[name] = name === "refresh_token" ? value === "true" : value;
                });
                login.type = "m.login.password";
                login.identifier = {type: "m.id.user", user: form.user.value};
                login.password = form.password.value;
                try {
                    const response = await fetch("/_matrix/client/v3/login", {
                        method: "POST",
                        headers: {"Content-Type": "application/json"},
                        body: JSON.stringify(login)
                    });
                    const answer = await response.json();
                    if (!response.ok) {
                        problem.textContent = answer.error || "The login failed.";
                    } else if (window.matrixLogin.onLogin) {
                        window.matrixLogin.onLogin(answer);
                    } else {
                        problem.textContent = "Logged in, but no app waits for it here.";
                    }
                } catch (unreachable) {
                    problem.textContent = "The server could not be reached.";
                }
            });
            """;

    private final RateLimiter limiter;

    LoginFallbackEndpoint(RateLimiter limiter) {
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, this::page).withAccess(Access.PUBLIC).withRateLimit(limiter));
    }

    private Response page(Request request) {
        String body =
                FormPage.problem("")
                        + "<form id=\"login\">"
                        + FormPage.field("user", "Username", "text", "username")
                        + FormPage.field("password", "Password", "password", "current-password")
                        + "<button>Log in</button></form>";
        return FormPage.of("Log in", body, SCRIPT).callingBack();
    }
}
