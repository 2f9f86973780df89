package chat.hearth.homeserver.account;

import chat.hearth.homeserver.account.OpenedSession.Tokens;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.Account;
import chat.hearth.storage.Journal;
import chat.hearth.storage.RefreshToken;
import chat.hearth.storage.Stores;
import java.time.InstantSource;
import java.util.Optional;

/// Exchanges refresh tokens for new tokens. A refresh token stays good until a token that it gave
/// is used, over restarts too. If it comes again after that, somebody has a copy: then all tokens
/// of the device end. Safe for use by several threads.
///
/// See [Refreshing access
/// tokens](https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens).
public final class Refreshing {
    private final Stores stores;
    private final Journal journal;
    private final LoginSessions logins;
    private final AccountSessions sessions;
    private final InstantSource clock;

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

    /// New tokens for a refresh token.
    ///
    /// @throws MatrixException 401 when it is unknown, expired or was used up, or the account is
    ///   locked
    public Tokens refresh(String token) {
        Optional<TokenHash> hash = TokenKind.REFRESH.hash(token);
        if (hash.isEmpty()) {
            throw unknown();
        }
        RefreshToken found =
                stores.tokens().findRefresh(hash.get().bytes()).orElseThrow(Refreshing::unknown);
        if (found.usedUp()) {
            endOfCopied(found);
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
        int retired =
                journal.write(
                        tx -> {
                            if (stores.tokens()
                                    .findRefresh(hash.bytes())
                                    .filter(token -> !token.usedUp())
                                    .isEmpty()) {
                                throw unknown();
                            }
                            // Newer than what an earlier exchange of it gave, which so ends too.
                            int generation =
                                    stores.tokens().exchange(tx, hash.bytes(), found.device());
                            logins.store(tx, found.user(), found.device(), generation, now, tokens);
                            return stores.tokens()
                                    .retireBefore(tx, found.device(), found.generation());
                        });
        if (retired > 0) {
            sessions.forgetDevice(found.device());
        }
        return tokens;
    }

    private void endOfCopied(RefreshToken copied) {
        journal.write(
                tx -> {
                    stores.tokens().removeOfDevice(tx, copied.device());
                    return copied;
                });
        sessions.forgetDevice(copied.device());
    }

    private static MatrixException unknown() {
        return new MatrixException(
                ErrCode.M_UNKNOWN_TOKEN, 401, "The refresh token is unknown or was used up");
    }
}
