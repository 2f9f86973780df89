package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.DeviceRequest;
import chat.hearth.homeserver.account.Registration.NewAccount;
import chat.hearth.homeserver.account.Registration.Registered;
import chat.hearth.homeserver.account.SharedSecretRegistration;
import chat.hearth.homeserver.account.SharedSecretRegistration.Order;
import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Required;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET` and `POST /_synapse/admin/v1/register`; only there when a secret is configured.
///
/// See [Shared-secret
/// registration](https://element-hq.github.io/synapse/latest/admin_api/register_api.html).
final class SharedSecretEndpoint {
    private static final String PATH = "/_synapse/admin/v1/register";
    private static final int BODY_BYTES_MAX = 16 * 1024;

    private final SharedSecretRegistration registration;
    private final RateLimiter limiter;

    SharedSecretEndpoint(SharedSecretRegistration registration, RateLimiter limiter) {
        this.registration = registration;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, _ -> Response.json("nonce", registration.nonce()))
                        .withAccess(Access.PUBLIC)
                        .withRateLimit(limiter),
                Route.post(PATH, this::register)
                        .withAccess(Access.PUBLIC)
                        .withBodyLimit(BODY_BYTES_MAX)
                        .withRateLimit(limiter));
    }

    /// What a tool wants.
    public record Wish(
            @Nullable String nonce,
            @Nullable String username,
            @Nullable String displayname,
            @Nullable String password,
            @Nullable Boolean admin,
            @Nullable String userType,
            @Nullable String mac) {
        @Override
        public String toString() {
            return "Wish";
        }
    }

    private Response register(Request request) {
        Wish wish = request.body(Wish.class);
        String username = Required.of(wish.username(), "username");
        var account =
                new NewAccount(
                        username,
                        Required.of(wish.password(), "password"),
                        new DeviceRequest(null, null, false),
                        Boolean.TRUE.equals(wish.admin()),
                        null,
                        wish.displayname(),
                        null);
        var order =
                new Order(
                        Required.of(wish.nonce(), "nonce"),
                        wish.userType(),
                        Required.of(wish.mac(), "mac"),
                        account);
        Registered made = registration.register(order, request.clientNetwork());
        return Response.json(SessionAnswer.of(made));
    }
}
