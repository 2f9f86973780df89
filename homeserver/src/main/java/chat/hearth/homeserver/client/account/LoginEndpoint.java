package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.homeserver.account.DeviceRequest;
import chat.hearth.homeserver.account.LoginIdentifier;
import chat.hearth.homeserver.account.OpenedSession;
import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Required;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Account;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET` and `POST /_matrix/client/v3/login`.
///
/// See [Login](https://spec.matrix.org/v1.19/client-server-api/#legacy-login).
final class LoginEndpoint {
    private static final String PATH = "/_matrix/client/v3/login";
    private static final int BODY_BYTES_MAX = 16 * 1024;

    private static final JsonObject FLOWS =
            JsonObject.builder()
                    .put(
                            "flows",
                            new JsonArray(
                                    List.of(
                                            JsonObject.of("type", "m.login.password"),
                                            JsonObject.builder()
                                                    .put("type", "m.login.token")
                                                    .put("get_login_token", true)
                                                    .build())))
                    .build();

    private final AccountServices services;
    private final @Nullable JsonObject wellKnown;

    /// @param wellKnown where clients reach the server, null when that is not published
    LoginEndpoint(AccountServices services, @Nullable JsonObject wellKnown) {
        this.services = services;
        this.wellKnown = wellKnown;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, _ -> Response.json(FLOWS))
                        .withAccess(Access.PUBLIC)
                        .withRateLimit(services.limits().other()),
                Route.post(PATH, this::login)
                        .withAccess(Access.PUBLIC)
                        .withBodyLimit(BODY_BYTES_MAX)
                        .withRateLimit(services.limits().other()));
    }

    /// What a login may say besides who logs in.
    public record Login(
            @Nullable String type,
            @Nullable String password,
            @Nullable String token,
            @Nullable String deviceId,
            @Nullable String initialDeviceDisplayName,
            @Nullable Boolean refreshToken) {
        @Override
        public String toString() {
            return "Login";
        }

        DeviceRequest device() {
            return new DeviceRequest(
                    deviceId, initialDeviceDisplayName, Boolean.TRUE.equals(refreshToken));
        }
    }

    private Response login(Request request) {
        JsonObject body = request.json();
        Login login = request.bind(body, Login.class);
        OpenedSession session =
                switch (Required.of(login.type(), "type")) {
                    case "m.login.password" ->
                            services.logins()
                                    .open(byPassword(request, body, login), login.device());
                    case "m.login.token" -> byToken(request, login);
                    case "m.login.application_service" ->
                            throw new MatrixException(
                                    ErrCode.M_APPSERVICE_LOGIN_UNSUPPORTED,
                                    400,
                                    "Application services cannot log in here");
                    default ->
                            throw new MatrixException(
                                    ErrCode.M_UNKNOWN, 400, "Unknown type of login");
                };
        var answer = JsonObject.builder();
        answer.putAll(SessionAnswer.of(session));
        answer.putIfPresent("well_known", wellKnown);
        return Response.json(answer.build());
    }

    private OpenedSession byToken(Request request, Login login) {
        String token = Required.of(login.token(), "token");
        services.limits().loginByAddress().acquire(request.clientNetwork());
        return services.logins().redeem(token, login.device());
    }

    private Account byPassword(Request request, JsonObject body, Login login) {
        String password = Required.of(login.password(), "password");
        String user = LoginIdentifier.of(body).user();
        if (user == null) {
            throw MatrixException.forbidden("Wrong username or password");
        }
        return services.passwords().check(user, password, request.clientNetwork());
    }
}
