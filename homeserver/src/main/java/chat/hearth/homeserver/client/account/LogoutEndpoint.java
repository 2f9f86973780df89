package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import java.util.List;

/// `POST /_matrix/client/v3/logout` and `POST /_matrix/client/v3/logout/all`. Open to locked
/// accounts.
///
/// See [Login](https://spec.matrix.org/v1.19/client-server-api/#legacy-login).
final class LogoutEndpoint {
    private static final String PATH = "/_matrix/client/v3/logout";

    private final AccountServices services;

    LogoutEndpoint(AccountServices services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.post(PATH, this::logout)
                        .withAccess(Access.EVEN_LOCKED)
                        .withBodyLimit(Route.SMALL_BODY_BYTES_MAX),
                Route.post(PATH + "/all", this::logoutAll)
                        .withAccess(Access.EVEN_LOCKED)
                        .withBodyLimit(Route.SMALL_BODY_BYTES_MAX));
    }

    private Response logout(Request request) {
        Requester requester = request.requester();
        services.devices().remove(requester.user(), List.of(requester.requireDeviceId()));
        return Response.empty();
    }

    private Response logoutAll(Request request) {
        services.devices().removeAll(request.requester().user());
        return Response.empty();
    }
}
