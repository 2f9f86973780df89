package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.homeserver.account.AuthRequest;
import chat.hearth.homeserver.account.DeviceRequest;
import chat.hearth.homeserver.account.Registration.NewAccount;
import chat.hearth.homeserver.account.Registration.Registered;
import chat.hearth.homeserver.account.UserInteractiveAuth.Outcome;
import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Required;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `POST /_matrix/client/v3/register` and `GET /_matrix/client/v3/register/available`.
///
/// See [Account
/// registration](https://spec.matrix.org/v1.19/client-server-api/#legacy-account-registration).
final class RegistrationEndpoint {
    private static final String PATH = "/_matrix/client/v3/register";
    private static final int BODY_BYTES_MAX = 16 * 1024;

    /// Every member of [Wish].
    private static final Set<String> REMEMBERED =
            Set.of(
                    "username",
                    "password",
                    "device_id",
                    "initial_device_display_name",
                    "inhibit_login",
                    "refresh_token",
                    "guest_access_token");

    private final AccountServices services;
    private final Interactive interactive;

    RegistrationEndpoint(AccountServices services) {
        this.services = services;
        this.interactive = new Interactive(services.interactive());
    }

    List<Route> routes() {
        return List.of(
                Route.post(PATH, this::register)
                        .withAccess(Access.PUBLIC)
                        .withBodyLimit(BODY_BYTES_MAX)
                        .withRateLimit(services.limits().other()),
                Route.get(PATH + "/available", this::available)
                        .withAccess(Access.PUBLIC)
                        .withRateLimit(services.limits().other()));
    }

    /// What somebody wants who registers.
    public record Wish(
            @Nullable String username,
            @Nullable String password,
            @Nullable String deviceId,
            @Nullable String initialDeviceDisplayName,
            @Nullable Boolean inhibitLogin,
            @Nullable Boolean refreshToken,
            @Nullable String guestAccessToken) {
        @Override
        public String toString() {
            return "Wish";
        }

        private @Nullable DeviceRequest device() {
            return Boolean.TRUE.equals(inhibitLogin)
                    ? null
                    : new DeviceRequest(
                            deviceId, initialDeviceDisplayName, Boolean.TRUE.equals(refreshToken));
        }
    }

    /// Of what a guest asks for, only the device's name counts; the rest may be anything.
    public record GuestWish(@Nullable String initialDeviceDisplayName) {}

    private Response register(Request request) {
        switch (request.query("kind").orElse("user")) {
            case "user" -> {}
            case "guest" -> {
                return enter(request);
            }
            default -> throw MatrixException.invalidParam("kind must be user or guest");
        }
        services.registration().requireOpen();
        JsonObject body = request.json();
        Wish wish = request.bind(body, Wish.class);
        if (wish.guestAccessToken() != null) {
            services.registration().requireGuest(wish.guestAccessToken(), wish.username());
        } else if (wish.username() != null) {
            services.registration().requireFree(wish.username());
        }
        if (wish.password() != null) {
            services.registration().requireStrong(wish.password());
        }
        var auth =
                new AuthRequest(
                        request.operation(),
                        null,
                        services.registration().flows(),
                        body,
                        true,
                        REMEMBERED,
                        request.clientNetwork(),
                        request.lease());
        return interactive.run(auth, passed -> register(request, passed));
    }

    private Response enter(Request request) {
        GuestWish wish = request.bodyOrEmpty(GuestWish.class);
        return Response.json(
                SessionAnswer.of(
                        services.registration()
                                .enter(wish.initialDeviceDisplayName(), request.clientNetwork())));
    }

    private Response register(Request request, Outcome.Passed passed) {
        Wish wish = request.bind(passed.body(), Wish.class);
        String password = Required.of(wish.password(), "password");
        Registered registered =
                services.registration()
                        .register(
                                new NewAccount(
                                        wish.username(),
                                        password,
                                        wish.device(),
                                        false,
                                        passed.session().registrationToken().orElse(null),
                                        null,
                                        wish.guestAccessToken()),
                                request.clientNetwork());
        return Response.json(SessionAnswer.of(registered));
    }

    private Response available(Request request) {
        services.registration().requireOpen();
        String username = Required.of(request.query("username").orElse(null), "username");
        services.registration().requireFree(username);
        return Response.json(JsonObject.builder().put("available", true).build());
    }
}
