package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Required;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;

/// `GET /_matrix/client/v1/register/m.login.registration_token/validity`.
///
/// See [Token-authenticated
/// registration](https://spec.matrix.org/v1.19/client-server-api/#token-authenticated-registration).
final class RegistrationTokensEndpoint {
    private final AccountServices services;

    RegistrationTokensEndpoint(AccountServices services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                                "/_matrix/client/v1/register/m.login.registration_token/validity",
                                this::validity)
                        .withAccess(Access.PUBLIC)
                        .withRateLimit(services.limits().other()));
    }

    private Response validity(Request request) {
        String token = Required.of(request.query("token").orElse(null), "token");
        boolean valid = services.registration().isTokenUsable(token, request.clientNetwork());
        return Response.json(JsonObject.builder().put("valid", valid).build());
    }
}
