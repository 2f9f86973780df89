package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Required;
import chat.hearth.http.Response;
import chat.hearth.http.Route;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `POST /_matrix/client/v3/refresh`.
///
/// See [Refreshing access
/// tokens](https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens).
final class RefreshEndpoint {
    private final AccountServices services;

    RefreshEndpoint(AccountServices services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/_matrix/client/v3/refresh", this::refresh)
                        .withBodyLimit(Route.SMALL_BODY_BYTES_MAX)
                        .withAccess(Access.PUBLIC)
                        .withRateLimit(services.limits().other()));
    }

    /// The refresh token.
    public record Refresh(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "Refresh";
        }
    }

    private Response refresh(Request request) {
        Refresh body = request.body(Refresh.class);
        String token = Required.of(body.refreshToken(), "refresh_token");
        return Response.json(SessionAnswer.of(services.refreshing().refresh(token)));
    }
}
