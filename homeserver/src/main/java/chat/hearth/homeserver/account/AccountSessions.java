package chat.hearth.homeserver.account;

import chat.hearth.http.AccessTokens;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.TokenOwner;
import chat.hearth.storage.AccessToken;
import chat.hearth.storage.Account;
import chat.hearth.storage.Change;
import chat.hearth.storage.CommitListener;
import chat.hearth.storage.Device;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whose access tokens are. Asked on every request, so what the database said is kept, by the hash
/// of the token; whoever changes an account, a device or its tokens has to say so here afterwards.
/// Safe for use by any number of threads.
///
/// See [Using access tokens](https://spec.matrix.org/v1.19/client-server-api/#using-access-tokens).
public final class AccountSessions implements AccessTokens, CommitListener {
    /// How many sessions are kept in memory; others are read again when their tokens are used.
    public static final int SESSIONS_MAX = 50_000;

    /// A device's last sight is written down no more often than this.
    public static final Duration SEEN_INTERVAL = Duration.ofMinutes(1);

    private final Stores stores;
    private final Journal journal;
    private final InstantSource clock;
    private final SeenDevices seen;
    private final Cache<TokenHash, Session> sessions =
            Caffeine.newBuilder().executor(Runnable::run).maximumSize(SESSIONS_MAX).build();
    private final AtomicLong forgettings = new AtomicLong();

    AccountSessions(Stores stores, Journal journal, InstantSource clock, SeenDevices seen) {
        this.stores = stores;
        this.journal = journal;
        this.clock = clock;
        this.seen = seen;
    }

    /// One access token, as far as requests need it.
    private static final class Session {
        private final TokenOwner owner;
        private final AccessToken token;
        private volatile long notedTs;

        private Session(TokenOwner owner, AccessToken token, long notedTs) {
            this.owner = owner;
            this.token = token;
            this.notedTs = notedTs;
        }
    }

    @Override
    public TokenOwner owner(String token, Request request) {
        return owner(token, request::clientAddress);
    }

    /// Whose `token` is, used from `address`.
    TokenOwner owner(String token, Supplier<String> address) {
        Optional<TokenHash> hash = TokenKind.ACCESS.hash(token);
        if (hash.isEmpty()) {
            return new TokenOwner.Unknown();
        }
        Session session = session(hash.get());
        if (session == null) {
            return new TokenOwner.Unknown();
        }
        long now = clock.millis();
        long expires = session.token.expiresTs();
        if (expires != 0 && now >= expires) {
            return new TokenOwner.Expired();
        }
        if (now - session.notedTs >= SEEN_INTERVAL.toMillis()) {
            session.notedTs = now;
            seen.note(session.token.device(), now, address.get());
        }
        return session.owner;
    }

    /// Reads a device's sessions again when they are next used: its tokens have changed.
    void forgetDevice(int device) {
        forget(session -> session.token.device() == device);
    }

    /// Reads a user's sessions again when they are next used: the account has changed.
    public void forgetUser(int user) {
        forget(session -> session.token.user() == user);
    }

    /// Who makes a change says so itself.
    @Override
    public void committed(List<Change> changes) {}

    /// Reads every session again when it is next used: a change took place, and who made it was
    /// told that it failed.
    @Override
    public void skipped(long upTo) {
        forget(_ -> true);
    }

    private void forget(Predicate<Session> which) {
        forgettings.incrementAndGet();
        sessions.asMap().values().removeIf(which);
    }

    private @Nullable Session session(TokenHash hash) {
        Session known = sessions.getIfPresent(hash);
        if (known != null) {
            return known;
        }
        long before = forgettings.get();
        Session loaded = stores.snapshot(() -> load(hash));
        if (loaded == null) {
            return null;
        }
        retireOlder(loaded.token);
        sessions.put(hash, loaded);
        if (forgettings.get() != before) {
            // What was read may be older than a change that was announced meanwhile.
            sessions.invalidate(hash);
        }
        return loaded;
    }

    private @Nullable Session load(TokenHash hash) {
        AccessToken token = stores.tokens().findAccess(hash.bytes()).orElse(null);
        if (token == null) {
            return null;
        }
        Device device = stores.devices().find(token.device()).orElse(null);
        Account account = stores.accounts().find(token.user()).orElse(null);
        if (device == null || account == null || account.deactivated()) {
            return null;
        }
        Requester requester = requester(account, device);
        TokenOwner owner =
                account.locked()
                        ? new TokenOwner.Locked(requester)
                        : new TokenOwner.Known(requester);
        return new Session(owner, token, device.lastSeenTs());
    }

    private static Requester requester(Account account, Device device) {
        return new Requester(
                account.userId(),
                account.user(),
                device.device(),
                device.deviceId(),
                account.guest(),
                account.admin(),
                account.suspended(),
                null,
                true);
    }

    /// The first use of a refreshed token ends those before it.
    private void retireOlder(AccessToken token) {
        if (token.generation() == 0) {
            return;
        }
        int retired =
                journal.write(
                        tx -> stores.tokens().retireBefore(tx, token.device(), token.generation()));
        if (retired > 0) {
            forget(
                    session ->
                            session.token.device() == token.device()
                                    && session.token.generation() < token.generation());
        }
    }
}
