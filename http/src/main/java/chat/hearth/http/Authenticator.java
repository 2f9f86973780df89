package chat.hearth.http;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Lets requests pass or not by their access token and their route's [Access].
///
/// See [Using access tokens](https://spec.matrix.org/v1.19/client-server-api/#using-access-tokens).
final class Authenticator {
    private static final String BEARER = "Bearer ";
    private static final JsonObject SOFT_LOGOUT =
            JsonObject.builder().put("soft_logout", true).build();

    private final AccessTokens tokens;

    Authenticator(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /// Checks the token, and tells the request whose it is.
    ///
    /// @throws MatrixException 401 or 403 when the request may not pass
    void authenticate(Request request) {
        Access access = request.route().access();
        if (access.need() == Access.Need.NONE) {
            return;
        }
        String token = token(request);
        if (token == null) {
            if (access.need() != Access.Need.OPTIONAL) {
                throw unauthorized(ErrCode.M_MISSING_TOKEN, "Missing access token", false);
            }
            return;
        }
        Requester requester =
                switch (tokens.owner(token, request)) {
                    case TokenOwner.Known known -> known.requester();
                    case TokenOwner.Locked locked when access.locked() -> locked.requester();
                    case TokenOwner.Locked _ ->
                            throw unauthorized(
                                    ErrCode.M_USER_LOCKED, "This account is locked", true);
                    case TokenOwner.Expired _ ->
                            throw unauthorized(
                                    ErrCode.M_UNKNOWN_TOKEN, "Access token has expired", true);
                    case TokenOwner.Unknown _ ->
                            throw unauthorized(
                                    ErrCode.M_UNKNOWN_TOKEN, "Unknown access token", false);
                };
        checkKind(requester, access);
        request.identify(requester);
    }

    private static void checkKind(Requester requester, Access access) {
        if (requester.guest() && !access.guests()) {
            throw new MatrixException(
                    ErrCode.M_GUEST_ACCESS_FORBIDDEN, 403, "Guests may not do this");
        }
        if (access.need() == Access.Need.ADMIN && !requester.admin()) {
            throw MatrixException.forbidden("Only server administrators may do this");
        }
    }

    /// The token of the `Authorization` header, or else of the query, which v1.19 still allows.
    private static @Nullable String token(Request request) {
        String header = request.authorization();
        String token;
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            token = header.substring(BEARER.length()).strip();
        } else {
            token = request.query("access_token").orElse("");
        }
        return token.isEmpty() ? null : token;
    }

    private static MatrixException unauthorized(ErrCode code, String message, boolean soft) {
        return new MatrixException(code, 401, message, soft ? SOFT_LOGOUT : JsonObject.EMPTY);
    }
}
