package chat.hearth.homeserver.account;

import chat.hearth.homeserver.account.OpenedSession.Tokens;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.Account;
import chat.hearth.storage.Journal;
import chat.hearth.storage.RefreshToken;
import chat.hearth.storage.Stores;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.InstantSource;
import java.util.Optional;

/// Exchanges refresh tokens for new tokens. A refresh token stays good until a token that it gave
/// is used. If it comes again after that, somebody has a copy: then all tokens of the device end.
/// Safe for use by several threads.
///
/// See [Refreshing access
/// tokens](https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens).
public final class Refreshing {
    /// How many exchanged refresh tokens are remembered, so that a copy is noticed. One that was
    /// forgotten, as all are after a restart, is still refused.
    private static final int EXCHANGED_MAX = 100_000;

    private final Stores stores;
    private final Journal journal;
    private final LoginSessions logins;
    private final AccountSessions sessions;
    private final InstantSource clock;
    private final Cache<TokenHash, Exchange> exchanged =
            Caffeine.newBuilder().maximumSize(EXCHANGED_MAX).build();

    Refreshing(
            Stores stores,
            Journal journal,
            LoginSessions logins,
            AccountSessions sessions,
            InstantSource clock) {
        this.stores = stores;
        this.journal = journal;
        this.logins = logins;
        this.sessions = sessions;
        this.clock = clock;
    }

    /// What a refresh token was exchanged for.
    ///
    /// @param generation of the newest tokens that it gave
    private record Exchange(int device, int generation) {}

    /// New tokens for a refresh token.
    ///
    /// @throws MatrixException 401 when it is unknown, expired or was used up, or the account is
    ///   locked
    public Tokens refresh(String token) {
        Optional<TokenHash> hash = TokenKind.REFRESH.hash(token);
        if (hash.isEmpty()) {
            throw unknown();
        }
        RefreshToken found = stores.tokens().findRefresh(hash.get().bytes()).orElse(null);
        if (found == null) {
            endOfCopied(hash.get());
            throw unknown();
        }
        Account account = stores.accounts().find(found.user()).orElseThrow(Refreshing::unknown);
        AccountGate.requireOpen(account);
        long now = clock.millis();
        if (found.expiresTs() != 0 && now >= found.expiresTs()) {
            throw unknown();
        }
        return exchange(hash.get(), found, now);
    }

    private Tokens exchange(TokenHash hash, RefreshToken found, long now) {
        Tokens tokens = logins.mint(true);
        int generation = nextGeneration(hash, found);
        int retired =
                journal.write(
                        tx -> {
                            if (stores.tokens().findRefresh(hash.bytes()).isEmpty()) {
                                throw unknown();
                            }
                            logins.store(tx, found.user(), found.device(), generation, now, tokens);
                            return stores.tokens()
                                    .retireBefore(tx, found.device(), found.generation());
                        });
        if (retired > 0) {
            sessions.forgetDevice(found.device());
        }
        return tokens;
    }

    /// Each exchange gives a newer generation, so that using the tokens of one ends those that an
    /// earlier exchange of the same refresh token gave.
    private int nextGeneration(TokenHash hash, RefreshToken found) {
        Exchange next =
                exchanged
                        .asMap()
                        .merge(
                                hash,
                                new Exchange(found.device(), found.generation() + 1),
                                (before, _) ->
                                        new Exchange(found.device(), before.generation() + 1));
        return next.generation();
    }

    private void endOfCopied(TokenHash hash) {
        Exchange exchange = exchanged.getIfPresent(hash);
        if (exchange == null) {
            return;
        }
        exchanged.invalidate(hash);
        journal.write(
                tx -> {
                    stores.tokens().removeOfDevice(tx, exchange.device());
                    return exchange;
                });
        sessions.forgetDevice(exchange.device());
    }

    private static MatrixException unknown() {
        return new MatrixException(
                ErrCode.M_UNKNOWN_TOKEN, 401, "The refresh token is unknown or was used up");
    }
}
