package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountDeactivation;
import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.homeserver.account.SharedSecretRegistration;
import chat.hearth.http.Api;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The endpoints about accounts.
public final class AccountApi implements Api {
    private final List<Route> routes = new ArrayList<>();

    /// Endpoints over `services`.
    ///
    /// @param deactivation closes accounts
    /// @param tools registration by shared secret, null when there is no secret
    /// @param wellKnown what `/.well-known/matrix/client` says, null when it is not served
    public AccountApi(
            AccountServices services,
            AccountDeactivation deactivation,
            @Nullable SharedSecretRegistration tools,
            @Nullable JsonObject wellKnown) {
        RateLimiter cheap = services.limits().other();
        routes.addAll(new LoginEndpoint(services, wellKnown).routes());
        routes.addAll(new LoginTokenEndpoint(services).routes());
        routes.addAll(new LoginFallbackEndpoint(cheap).routes());
        routes.addAll(new RegistrationEndpoint(services).routes());
        routes.addAll(new RegistrationTokensEndpoint(services).routes());
        routes.addAll(new RefreshEndpoint(services).routes());
        routes.addAll(new LogoutEndpoint(services).routes());
        routes.addAll(new WhoamiEndpoint().routes());
        routes.addAll(new DeviceManagementEndpoint(services).routes());
        routes.addAll(new PasswordManagementEndpoint(services).routes());
        routes.addAll(new AccountDeactivationEndpoint(services, deactivation).routes());
        routes.addAll(new AuthFallbackEndpoint(services.interactive(), cheap).routes());
        if (tools != null) {
            routes.addAll(new SharedSecretEndpoint(tools, cheap).routes());
        }
    }

    @Override
    public List<Route> routes() {
        return List.copyOf(routes);
    }
}
