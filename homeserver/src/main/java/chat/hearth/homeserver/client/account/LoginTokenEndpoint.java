package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.homeserver.account.LoginSessions.LoginToken;
import chat.hearth.http.Request;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Account;
import java.util.List;
import java.util.Set;

/// `POST /_matrix/client/v1/login/get_token`.
///
/// See [Login](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv1loginget_token).
final class LoginTokenEndpoint {
    private final AccountServices services;
    private final Interactive interactive;

    LoginTokenEndpoint(AccountServices services) {
        this.services = services;
        this.interactive = new Interactive(services.interactive());
    }

    List<Route> routes() {
        return List.of(
                Route.post("/_matrix/client/v1/login/get_token", this::make)
                        .withRateLimit(services.limits().other()));
    }

    private Response make(Request request) {
        Account account = services.accounts().require(request.requester().user());
        return interactive.withPassword(
                request,
                account,
                request.jsonOrEmpty(),
                Set.of(),
                _ -> answer(services.logins().loginToken(account)));
    }

    private static Response answer(LoginToken token) {
        return Response.json(
                JsonObject.builder()
                        .put("login_token", token.token())
                        .put("expires_in_ms", token.millis())
                        .build());
    }
}
