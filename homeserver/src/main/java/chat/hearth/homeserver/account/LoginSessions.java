package chat.hearth.homeserver.account;

import chat.hearth.homeserver.account.OpenedSession.Expiry;
import chat.hearth.homeserver.account.OpenedSession.Tokens;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.UserId;
import chat.hearth.storage.AccessToken;
import chat.hearth.storage.Account;
import chat.hearth.storage.Change;
import chat.hearth.storage.Device;
import chat.hearth.storage.Journal;
import chat.hearth.storage.RefreshToken;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Opens sessions: gives devices their tokens. Safe for use by several threads.
///
/// See [Relationship between access tokens and
/// devices](https://spec.matrix.org/v1.19/client-server-api/#relationship-between-access-tokens-and-devices).
public final class LoginSessions {
    /// The longest device id, in bytes.
    public static final int DEVICE_ID_BYTES_MAX = 255;

    /// The longest name of a device, in characters.
    public static final int DEVICE_NAME_MAX = 100;

    /// So many devices beyond the limit are removed with a log-in; of a user who has more, the next
    /// log-ins remove the rest.
    private static final int EVICTED_MAX = 100;

    private static final int NEW_DEVICE_ID_LENGTH = 10;
    private static final int LETTERS = 26;

    private final Stores stores;
    private final Journal journal;
    private final AccountSessions sessions;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final SessionLifetimes lifetimes;

    LoginSessions(
            Stores stores,
            Journal journal,
            AccountSessions sessions,
            InstantSource clock,
            RandomGenerator random,
            SessionLifetimes lifetimes) {
        this.stores = stores;
        this.journal = journal;
        this.sessions = sessions;
        this.clock = clock;
        this.random = random;
        this.lifetimes = lifetimes;
    }

    /// A session that is not stored yet.
    record Prepared(String deviceId, @Nullable String displayName, long now, Tokens tokens) {}

    /// Logs a device in. If the user has it already, its tokens end.
    ///
    /// @param proved the account as it was when its user proved its password
    /// @throws MatrixException 403 or 401 when nobody may log in to the account, or it has changed
    ///   since it was proved, 400 for a device that no user may have
    public OpenedSession open(Account proved, DeviceRequest request) {
        AccountGate.requireOpen(proved);
        Prepared prepared = prepare(request);
        OptionalInt device =
                journal.write(
                        tx ->
                                AccountGate.isAsProved(stores.accounts(), proved)
                                        ? OptionalInt.of(store(tx, proved.user(), prepared))
                                        : OptionalInt.empty());
        if (device.isEmpty()) {
            throw MatrixException.forbidden(PasswordLogin.WRONG);
        }
        sessions.forgetUser(proved.user());
        return opened(proved.userId(), prepared);
    }

    /// Logs a device in with a login token, which is used up.
    ///
    /// @throws MatrixException 403 when the token is unknown, used or expired, 403 or 401 when
    ///   nobody may log in to the account, 400 for a device that no user may have
    public OpenedSession redeem(String token, DeviceRequest request) {
        Prepared prepared = prepare(request);
        Account account =
                TokenKind.LOGIN
                        .hash(token)
                        .flatMap(hash -> journal.write(tx -> redeem(tx, hash, prepared)))
                        .orElseThrow(
                                () -> MatrixException.forbidden("This login token is not valid"));
        AccountGate.requireOpen(account);
        sessions.forgetUser(account.user());
        return opened(account.userId(), prepared);
    }

    /// Whose a login token was. Into a closed account nobody is logged in with it.
    private Optional<Account> redeem(WriteTransaction tx, TokenHash hash, Prepared prepared) {
        OptionalInt user = stores.tokens().takeLogin(tx, hash.bytes(), prepared.now());
        if (user.isEmpty()) {
            return Optional.empty();
        }
        Optional<Account> account = stores.accounts().find(user.getAsInt());
        account.filter(found -> !found.deactivated() && !found.locked())
                .ifPresent(open -> store(tx, open.user(), prepared));
        return account;
    }

    /// Makes the tokens of a session, outside of any write.
    ///
    /// @throws MatrixException 400 for a device that no user may have
    Prepared prepare(DeviceRequest request) {
        String id = request.deviceId();
        if (id != null) {
            requireDeviceId(id);
        }
        String name = request.displayName();
        return new Prepared(
                id == null ? newDeviceId() : id,
                name == null ? null : cut(name),
                clock.millis(),
                mint(request.refreshable()));
    }

    /// Stores a session. Beyond [Devices#DEVICES_MAX] the devices that were not seen for the
    /// longest time are logged out, so that the user's sessions have to be forgotten.
    ///
    /// @return the device's number
    int store(WriteTransaction tx, int user, Prepared session) {
        int device =
                stores.devices()
                        .add(tx, user, session.deviceId(), session.displayName(), session.now());
        stores.tokens().removeOfDevice(tx, device);
        store(tx, user, device, 0, session.now(), session.tokens());
        stores.devices().excess(user, Devices.DEVICES_MAX, EVICTED_MAX).stream()
                .map(Device::device)
                .filter(unseen -> unseen != device)
                .forEach(unseen -> stores.devices().remove(tx, unseen));
        announce(tx, user);
        return device;
    }

    OpenedSession opened(UserId user, Prepared session) {
        return new OpenedSession(user, session.deviceId(), session.tokens());
    }

    /// New tokens, with a refresh token if the client can use one.
    Tokens mint(boolean refreshable) {
        String access = TokenKind.ACCESS.mint(random);
        if (!refreshable) {
            return new Tokens(access, null);
        }
        String refresh = TokenKind.REFRESH.mint(random);
        return new Tokens(access, new Expiry(refresh, lifetimes.access().toMillis()));
    }

    /// Stores a device's tokens.
    ///
    /// @param generation how often the device's tokens were refreshed before
    /// @param now when the tokens were made
    void store(WriteTransaction tx, int user, int device, int generation, long now, Tokens tokens) {
        Expiry expiry = tokens.expiry();
        long expires = expiry == null ? 0 : now + expiry.millis();
        stores.tokens()
                .addAccess(
                        tx,
                        TokenHash.of(tokens.access()).bytes(),
                        new AccessToken(user, device, generation, expires));
        if (expiry != null) {
            stores.tokens()
                    .addRefresh(
                            tx,
                            TokenHash.of(expiry.refresh()).bytes(),
                            RefreshToken.fresh(user, device, generation, 0));
        }
    }

    /// A token that logs in to an account once.
    ///
    /// @param proved the account as it was when its user proved its password
    /// @throws MatrixException 401 when the account has changed since it was proved
    public LoginToken loginToken(Account proved) {
        String token = TokenKind.LOGIN.mint(random);
        long millis = lifetimes.login().toMillis();
        byte[] hash = TokenHash.of(token).bytes();
        long expires = clock.millis() + millis;
        boolean done =
                journal.write(
                        tx -> {
                            boolean same = AccountGate.isAsProved(stores.accounts(), proved);
                            if (same) {
                                stores.tokens().addLogin(tx, hash, proved.user(), expires);
                            }
                            return same;
                        });
        if (!done) {
            throw UserInteractiveAuth.unauthorized("The password has been changed meanwhile");
        }
        return new LoginToken(token, millis);
    }

    /// A token that logs in once.
    ///
    /// @param token the token
    /// @param millis milliseconds from now until it expires
    public record LoginToken(String token, long millis) {
        @Override
        public String toString() {
            return "LoginToken";
        }
    }

    /// Tells readers of the stream that a user's devices changed.
    static void announce(WriteTransaction tx, int user) {
        tx.announce(new Change(tx.nextPosition(), Change.Kind.DEVICES, 0, user));
    }

    private static void requireDeviceId(String id) {
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > DEVICE_ID_BYTES_MAX || id.indexOf('\0') >= 0) {
            throw MatrixException.invalidParam(
                    "device_id must have 1 to " + DEVICE_ID_BYTES_MAX + " bytes");
        }
    }

    /// A name that a client made up, as much of it as is kept: nobody is turned away for it.
    private static String cut(String name) {
        if (name.length() <= DEVICE_NAME_MAX) {
            return name;
        }
        boolean splits = Character.isHighSurrogate(name.charAt(DEVICE_NAME_MAX - 1));
        return name.substring(0, splits ? DEVICE_NAME_MAX - 1 : DEVICE_NAME_MAX);
    }

    /// Refuses a name of a device that is too long.
    ///
    /// @throws MatrixException 400 `M_TOO_LARGE`
    static void requireDeviceName(String name) {
        if (name.length() > DEVICE_NAME_MAX) {
            throw new MatrixException(
                    ErrCode.M_TOO_LARGE,
                    400,
                    "A device's name has at most " + DEVICE_NAME_MAX + " characters");
        }
    }

    private String newDeviceId() {
        var id = new StringBuilder(NEW_DEVICE_ID_LENGTH);
        for (int i = 0; i < NEW_DEVICE_ID_LENGTH; i++) {
            id.append((char) ('A' + random.nextInt(LETTERS)));
        }
        return id.toString();
    }
}
