package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.http.Api;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The endpoints about accounts.
public final class AccountApi implements Api {
    private final List<Route> routes = new ArrayList<>();

    /// Endpoints over `services`.
    ///
    /// @param wellKnown what `/.well-known/matrix/client` says, null when it is not served
    public AccountApi(AccountServices services, @Nullable JsonObject wellKnown) {
        routes.addAll(new LoginEndpoint(services, wellKnown).routes());
        routes.addAll(new RegistrationEndpoint(services).routes());
        routes.addAll(new RegistrationTokensEndpoint(services).routes());
        routes.addAll(new RefreshEndpoint(services).routes());
        routes.addAll(new LogoutEndpoint(services).routes());
        routes.addAll(new WhoamiEndpoint().routes());
    }

    @Override
    public List<Route> routes() {
        return List.copyOf(routes);
    }
}
