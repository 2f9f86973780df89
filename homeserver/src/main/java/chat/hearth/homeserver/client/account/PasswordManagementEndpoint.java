package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.homeserver.account.LoggedOut;
import chat.hearth.homeserver.account.UserInteractiveAuth.Outcome;
import chat.hearth.http.Request;
import chat.hearth.http.Required;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Account;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `POST /_matrix/client/v3/account/password`.
///
/// See [Password management](https://spec.matrix.org/v1.19/client-server-api/#password-management).
final class PasswordManagementEndpoint {
    private static final int BODY_BYTES_MAX = 16 * 1024;

    private final AccountServices services;
    private final Interactive interactive;

    PasswordManagementEndpoint(AccountServices services) {
        this.services = services;
        this.interactive = new Interactive(services.interactive());
    }

    List<Route> routes() {
        return List.of(
                Route.post("/_matrix/client/v3/account/password", this::change)
                        .withBodyLimit(BODY_BYTES_MAX)
                        .withRateLimit(services.limits().other()));
    }

    /// The new password.
    public record NewPassword(@Nullable String newPassword, @Nullable Boolean logoutDevices) {
        @Override
        public String toString() {
            return "NewPassword";
        }
    }

    private Response change(Request request) {
        JsonObject body = request.json();
        String wished = request.bind(body, NewPassword.class).newPassword();
        if (wished != null) {
            services.registration().requireStrong(wished);
        }
        Account account = services.accounts().require(request.requester().user());
        return interactive.withPassword(
                request,
                account,
                body,
                Set.of("new_password", "logout_devices"),
                passed -> change(request, account, passed));
    }

    private Response change(Request request, Account account, Outcome.Passed passed) {
        NewPassword wanted = request.bind(passed.body(), NewPassword.class);
        LoggedOut ended =
                Boolean.FALSE.equals(wanted.logoutDevices())
                        ? new LoggedOut.None()
                        : new LoggedOut.AllBut(request.requester().device());
        String password = Required.of(wanted.newPassword(), "new_password");
        services.accounts()
                .changePassword(
                        account,
                        password,
                        ended,
                        services.limits()
                                .permitHash(account.userId().value(), request.clientNetwork()));
        return Response.empty();
    }
}
