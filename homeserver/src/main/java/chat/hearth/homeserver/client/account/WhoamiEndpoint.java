package chat.hearth.homeserver.client.account;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /_matrix/client/v3/account/whoami`.
///
/// See [Current account
/// information](https://spec.matrix.org/v1.19/client-server-api/#current-account-information).
final class WhoamiEndpoint {
    List<Route> routes() {
        return List.of(
                Route.get("/_matrix/client/v3/account/whoami", this::whoami)
                        .withAccess(Access.USER_OR_GUEST));
    }

    /// Who makes the request.
    public record Who(String userId, @Nullable String deviceId, Boolean isGuest) {}

    private Response whoami(Request request) {
        Requester requester = request.requester();
        return Response.json(
                new Who(requester.userId().value(), requester.deviceId(), requester.guest()));
    }
}
