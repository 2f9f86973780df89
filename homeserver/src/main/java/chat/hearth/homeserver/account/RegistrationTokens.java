package chat.hearth.homeserver.account;

import chat.hearth.homeserver.config.Secret;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.RegistrationToken;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.time.InstantSource;
import java.util.List;

/// The tokens that let people register: those of the configuration, good for any number of
/// accounts, and those in the database, each with its bounds. Safe for use by several threads.
///
/// See [Token-authenticated
/// registration](https://spec.matrix.org/v1.19/client-server-api/#token-authenticated-registration).
final class RegistrationTokens implements AuthStage {
    /// The longest token, in characters.
    private static final int TOKEN_LENGTH_MAX = 64;

    private final List<Secret> configured;
    private final Stores stores;
    private final InstantSource clock;
    private final RateLimiter guesses;

    /// @param guesses how often one address may try a token, by whichever endpoint
    RegistrationTokens(
            List<Secret> configured, Stores stores, InstantSource clock, RateLimiter guesses) {
        this.configured = List.copyOf(configured);
        this.stores = stores;
        this.clock = clock;
        this.guesses = guesses;
    }

    /// Whether an account could be made now with a token that somebody presents.
    ///
    /// @param address where the request comes from
    /// @throws MatrixException 429 after too many guesses, right or wrong
    boolean isGuessed(String token, String address) {
        guesses.acquire(address);
        return isConfigured(token) || isStored(token);
    }

    private boolean isStored(String token) {
        return token.length() <= TOKEN_LENGTH_MAX
                && stores.registrationTokens()
                        .find(token)
                        .filter((RegistrationToken known) -> known.isUsable(clock.millis()))
                        .isPresent();
    }

    private boolean isConfigured(String token) {
        boolean found = false;
        for (Secret secret : configured) {
            found |= secret.matches(token);
        }
        return found;
    }

    @Override
    public void prove(AuthSession session, JsonObject auth, String address) {
        String token = TextMember.require(auth, "token");
        if (!isGuessed(token, address)) {
            throw UserInteractiveAuth.unauthorized("The registration token is not valid");
        }
        session.keepRegistrationToken(token);
    }

    /// Uses a token up by one, together with the account that it lets in.
    ///
    /// @throws MatrixException 401 when it was used up since it was checked
    void use(WriteTransaction tx, String token) {
        if (isConfigured(token)) {
            return;
        }
        if (!stores.registrationTokens().reserve(tx, token, clock.millis())) {
            throw UserInteractiveAuth.unauthorized("The registration token is used up");
        }
        stores.registrationTokens().release(tx, token, true);
    }
}
