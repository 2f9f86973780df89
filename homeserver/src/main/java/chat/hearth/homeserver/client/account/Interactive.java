package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AuthRequest;
import chat.hearth.homeserver.account.UserInteractiveAuth;
import chat.hearth.homeserver.account.UserInteractiveAuth.Outcome;
import chat.hearth.http.Request;
import chat.hearth.http.Response;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Account;
import java.util.Set;

/// Runs what an endpoint does once its caller has proved who they are, and answers 401 before.
final class Interactive {
    private static final int UNAUTHORIZED = 401;

    private final UserInteractiveAuth auth;

    Interactive(UserInteractiveAuth auth) {
        this.auth = auth;
    }

    /// What an endpoint does.
    interface Action {
        Response perform(Outcome.Passed passed);
    }

    /// Takes one step, for which the user who makes the request gives their password.
    ///
    /// @param remembered the members of `body` that `action` needs
    Response withPassword(
            Request request,
            Account account,
            JsonObject body,
            Set<String> remembered,
            Action action) {
        return run(
                AuthRequest.withPassword(
                        request.operation(),
                        account,
                        body,
                        remembered,
                        request.clientNetwork(),
                        request.lease()),
                action);
    }

    /// Takes one step of authentication; `action` runs with the last of them. When it fails, it may
    /// be tried again in the same session.
    Response run(AuthRequest request, Action action) {
        return switch (auth.attempt(request)) {
            case Outcome.Challenge challenge -> Response.json(challenge.body()).withStatus(401);
            case Outcome.Passed passed -> perform(passed, action);
        };
    }

    private Response perform(Outcome.Passed passed, Action action) {
        boolean done = false;
        try {
            Response response = action.perform(passed);
            done = true;
            auth.succeeded(passed.session());
            return response;
        } catch (MatrixException refused) {
            if (refused.status() != UNAUTHORIZED) {
                throw refused;
            }
            return challenge(auth.proveAgain(passed.session(), refused));
        } finally {
            if (!done) {
                auth.failed(passed.session());
            }
        }
    }

    private static Response challenge(Outcome.Challenge challenge) {
        return Response.json(challenge.body()).withStatus(UNAUTHORIZED);
    }
}
