package chat.hearth.homeserver.account;

import chat.hearth.homeserver.config.RegistrationConfig.Mode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.UserId;
import chat.hearth.storage.Account;
import chat.hearth.storage.Journal;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Lets people make accounts over the network, as far as the configuration allows. Safe for use by
/// several threads.
///
/// See [Account
/// registration](https://spec.matrix.org/v1.19/client-server-api/#legacy-account-registration).
public final class Registration {
    private static final int RANDOM_NAME_LENGTH = 12;
    private static final int RADIX = 36;

    private final Mode mode;
    private final Accounts accounts;
    private final LoginSessions logins;
    private final PasswordHasher hasher;
    private final RegistrationTokens tokens;
    private final Guests guests;
    private final AccountLimits limits;
    private final Journal journal;
    private final RandomGenerator random;

    Registration(
            Mode mode,
            Accounts accounts,
            LoginSessions logins,
            PasswordHasher hasher,
            RegistrationTokens tokens,
            Guests guests,
            AccountLimits limits,
            Journal journal,
            RandomGenerator random) {
        this.mode = mode;
        this.accounts = accounts;
        this.logins = logins;
        this.hasher = hasher;
        this.tokens = tokens;
        this.guests = guests;
        this.limits = limits;
        this.journal = journal;
        this.random = random;
    }

    /// An account that somebody wants.
    ///
    /// @param username what it shall be called, null for any name
    /// @param password its password
    /// @param device the device to log in, null for none
    /// @param admin whether it may administer the server
    /// @param registrationToken what lets its user in, null where nothing has to
    /// @param displayName what its user is called, null for the localpart of the user id
    /// @param guestToken the access token of the guest whose account it becomes, null for a new one
    public record NewAccount(
            @Nullable String username,
            String password,
            @Nullable DeviceRequest device,
            boolean admin,
            @Nullable String registrationToken,
            @Nullable String displayName,
            @Nullable String guestToken) {
        @Override
        public String toString() {
            return "NewAccount";
        }
    }

    /// An account that was made.
    ///
    /// @param userId its user id
    /// @param session the device that was logged in, null when none was asked for
    public record Registered(UserId userId, @Nullable OpenedSession session) {}

    /// Lets pass when accounts can be made at all.
    ///
    /// @throws MatrixException 403 when they cannot
    public void requireOpen() {
        if (mode == Mode.CLOSED) {
            throw MatrixException.forbidden("Registration is closed on this server");
        }
    }

    /// What has to be proved.
    public List<List<String>> flows() {
        return switch (mode) {
            case OPEN -> List.of(List.of(AuthStage.DUMMY));
            case TOKEN -> List.of(List.of(AuthStage.REGISTRATION_TOKEN));
            case CLOSED -> List.of();
        };
    }

    /// Lets pass when a new account may be called `username`.
    ///
    /// @throws MatrixException 400 `M_INVALID_USERNAME` or `M_USER_IN_USE`
    public void requireFree(String username) {
        accounts.free(username);
    }

    /// Lets pass a password that a new account may have.
    ///
    /// @throws MatrixException 400 `M_WEAK_PASSWORD` when it is too short, 400 when it is too long
    public void requireStrong(String password) {
        hasher.requireStrong(password);
    }

    /// Whether an account could be made with a registration token now.
    ///
    /// @param address where the question comes from
    /// @throws MatrixException 403 when none can be made at all, 429 after too many guesses
    public boolean isTokenUsable(String token, String address) {
        requireOpen();
        return tokens.isGuessed(token, address);
    }

    /// Lets pass when the account of a guest may be kept under the name `username`.
    ///
    /// @throws MatrixException 403 when it may not
    public void requireGuest(String token, @Nullable String username) {
        guests.require(token, username);
    }

    /// Lets a guest in.
    ///
    /// @param deviceName the name of the guest's device, null for none
    /// @param address where the request comes from
    /// @throws MatrixException 403 when no guests are let in, 429 after too many new accounts
    public Registered enter(@Nullable String deviceName, String address) {
        limits.registration().acquire(address);
        guests.requireAllowed();
        UserId userId = accounts.free(randomName());
        return new Registered(userId, guests.enter(userId, deviceName));
    }

    /// Makes an account, whatever the mode: what it asks for was proved before.
    ///
    /// @param address where the request comes from
    /// @throws MatrixException 400 for a name or password that it cannot have, 401 when the
    ///   registration token was used up since it was proved, 429 after too many new accounts
    public Registered register(NewAccount wanted, String address) {
        hasher.requireStrong(wanted.password());
        limits.registration().acquire(address);
        return register(wanted, userId -> limits.permitHash(userId.value(), address));
    }

    /// Makes an account for an operator: no rate limit applies.
    ///
    /// @throws MatrixException as [#register(NewAccount, String)] does, except for its limits
    Registered registerForOperator(NewAccount wanted) {
        return register(wanted, userId -> HashPermit.ofOperator(userId.value()));
    }

    private Registered register(NewAccount wanted, Function<UserId, HashPermit> permit) {
        String username = wanted.username();
        String guestToken = wanted.guestToken();
        Account guest = guestToken == null ? null : guests.require(guestToken, username);
        UserId userId =
                guest == null
                        ? accounts.free(username == null ? randomName() : username)
                        : guest.userId();
        DeviceRequest device = wanted.device();
        LoginSessions.Prepared session = device == null ? null : logins.prepare(device);
        String hash = hasher.hash(wanted.password(), permit.apply(userId));
        String token = wanted.registrationToken();
        String name = wanted.displayName() == null ? userId.localpart() : wanted.displayName();
        journal.write(
                tx -> {
                    if (token != null) {
                        tokens.use(tx, token);
                    }
                    int user =
                            guest == null
                                    ? accounts.add(tx, userId, hash, wanted.admin())
                                    : guests.keep(tx, guest, hash);
                    accounts.nameFirst(tx, user, name);
                    return session == null ? 0 : logins.store(tx, user, session);
                });
        if (guest != null) {
            guests.kept(guest);
        }
        return new Registered(userId, session == null ? null : logins.opened(userId, session));
    }

    private String randomName() {
        var name = new StringBuilder(RANDOM_NAME_LENGTH);
        for (int i = 0; i < RANDOM_NAME_LENGTH; i++) {
            name.append(Character.forDigit(random.nextInt(RADIX), RADIX));
        }
        return name.toString();
    }
}
