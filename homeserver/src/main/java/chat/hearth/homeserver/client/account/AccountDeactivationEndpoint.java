package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountDeactivation;
import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.homeserver.account.UserInteractiveAuth.Outcome;
import chat.hearth.http.Request;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Account;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `POST /_matrix/client/v3/account/deactivate`.
///
/// See [Account
/// deactivation](https://spec.matrix.org/v1.19/client-server-api/#account-deactivation).
final class AccountDeactivationEndpoint {
    private final AccountServices services;
    private final AccountDeactivation deactivation;
    private final Interactive interactive;

    AccountDeactivationEndpoint(AccountServices services, AccountDeactivation deactivation) {
        this.services = services;
        this.deactivation = deactivation;
        this.interactive = new Interactive(services.interactive());
    }

    List<Route> routes() {
        return List.of(
                Route.post("/_matrix/client/v3/account/deactivate", this::deactivate)
                        .withRateLimit(services.limits().other()));
    }

    /// How the account is closed.
    public record Deactivation(@Nullable Boolean erase) {}

    private Response deactivate(Request request) {
        JsonObject body = request.jsonOrEmpty();
        request.bind(body, Deactivation.class);
        Account account = services.accounts().require(request.requester().user());
        return interactive.withPassword(
                request,
                account,
                body,
                Set.of("erase"),
                passed -> deactivate(request, account, passed));
    }

    private Response deactivate(Request request, Account account, Outcome.Passed passed) {
        Deactivation wanted = request.bind(passed.body(), Deactivation.class);
        deactivation.deactivate(account, Boolean.TRUE.equals(wanted.erase()));
        // This server binds nothing to identity servers, so all of it is unbound.
        return Response.json("id_server_unbind_result", "success");
    }
}
