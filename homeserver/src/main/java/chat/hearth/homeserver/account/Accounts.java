package chat.hearth.homeserver.account;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.storage.Account;
import chat.hearth.storage.Change;
import chat.hearth.storage.Journal;
import chat.hearth.storage.ProfileField;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The accounts of this server: makes and changes them. Safe for use by several threads.
public final class Accounts {
    private static final String DISPLAY_NAME = "displayname";

    private final Usernames usernames;
    private final Stores stores;
    private final Journal journal;
    private final PasswordHasher hasher;
    private final AccountSessions sessions;
    private final Devices devices;
    private final InstantSource clock;

    Accounts(
            Usernames usernames,
            Stores stores,
            Journal journal,
            PasswordHasher hasher,
            AccountSessions sessions,
            Devices devices,
            InstantSource clock) {
        this.usernames = usernames;
        this.stores = stores;
        this.journal = journal;
        this.hasher = hasher;
        this.sessions = sessions;
        this.devices = devices;
        this.clock = clock;
    }

    /// Makes an account, whatever the rules of registration are.
    ///
    /// @param localpart the part of the user id before the colon
    /// @param admin whether it may administer the server
    /// @return the whole user id
    /// @throws MatrixException 400 when the name is taken or not allowed, or the password is
    public UserId create(String localpart, String password, boolean admin) {
        UserId userId = free(localpart);
        String hash = hasher.hash(password, HashPermit.ofOperator(userId.value()));
        journal.write(
                tx -> {
                    int user = add(tx, userId, hash, admin);
                    nameFirst(tx, user, userId.localpart());
                    return user;
                });
        return userId;
    }

    /// The user id that a new account may have.
    ///
    /// @throws MatrixException 400 `M_INVALID_USERNAME` or `M_USER_IN_USE`
    UserId free(String username) {
        UserId userId = usernames.forNewUser(username);
        if (stores.accounts().find(userId).isPresent()) {
            throw taken();
        }
        return userId;
    }

    /// Stores a new account.
    ///
    /// @param passwordHash null when there is no password to log in with
    /// @return the user's number
    /// @throws MatrixException 400 `M_USER_IN_USE`
    int add(WriteTransaction tx, UserId userId, @Nullable String passwordHash, boolean admin) {
        int user = stores.identifiers().user(tx, userId);
        if (!stores.accounts().add(tx, Account.of(user, userId, passwordHash, clock.millis()))) {
            throw taken();
        }
        if (admin) {
            stores.accounts().changeAdmin(tx, user, true);
        }
        return user;
    }

    /// Gives a new account its first display name. A guest who becomes a user may have chosen one,
    /// which stays.
    void nameFirst(WriteTransaction tx, int user, String name) {
        if (stores.profiles().find(user, DISPLAY_NAME).isPresent()) {
            return;
        }
        long position = tx.nextPosition();
        byte[] json = JsonWriter.bytes(new JsonString(name));
        stores.profiles().put(tx, new ProfileField(user, DISPLAY_NAME, json, position));
        tx.announce(new Change(position, Change.Kind.PROFILE, 0, user));
    }

    /// The account of whom somebody means who types a user id or its localpart.
    Optional<Account> typed(String user) {
        return usernames.typed(user).flatMap(stores.accounts()::find);
    }

    /// Whether somebody who types `user` means the user of `account`.
    boolean isSame(Account account, String user) {
        return usernames.typed(user).filter(account.userId()::equals).isPresent();
    }

    /// The key under which attempts to get in as `user` are counted. It tells nothing of whether
    /// there is such an account: all ways to write one user id are one key.
    String limitKey(String user) {
        return usernames
                .typed(user)
                .map(UserId::value)
                .orElseGet(() -> Integer.toHexString(user.hashCode()));
    }

    /// The account with a number.
    ///
    /// @throws IllegalStateException when there is none
    public Account require(int user) {
        return stores.accounts()
                .find(user)
                .orElseThrow(() -> new IllegalStateException("No account " + user));
    }

    /// Sets a password and, in the same write, ends sessions and the tokens that would begin
    /// others.
    ///
    /// @param proved the account as it was when its user proved the password that it had
    /// @param ended which devices are logged out
    /// @throws MatrixException 400 when the password is too short or too long, 401 when the account
    ///   has changed since it was proved
    public void changePassword(
            Account proved, String password, LoggedOut ended, HashPermit permit) {
        String hash = hasher.hash(password, permit);
        int user = proved.user();
        boolean done =
                journal.write(
                        tx -> {
                            if (!AccountGate.isAsProved(stores.accounts(), proved)) {
                                return false;
                            }
                            stores.accounts().changePassword(tx, user, hash);
                            stores.tokens().removeLoginsOfUser(tx, user);
                            devices.removeIn(tx, user, ended);
                            return true;
                        });
        if (!done) {
            throw UserInteractiveAuth.unauthorized("The password has been changed meanwhile");
        }
        sessions.forgetUser(user);
    }

    /// Hashes a password anew, at the cost that is asked for now.
    ///
    /// @param proved the account as it was when its user proved the password
    /// @return the account with the new hash, empty when it has changed since it was proved
    /// @throws MatrixException 429 when too many hashes are waiting
    Optional<Account> rehash(Account proved, String password, HashPermit permit) {
        String hash = hasher.rehash(password, permit);
        boolean done =
                journal.write(
                        tx -> {
                            boolean same = AccountGate.isAsProved(stores.accounts(), proved);
                            if (same) {
                                stores.accounts().changePassword(tx, proved.user(), hash);
                            }
                            return same;
                        });
        return done ? Optional.of(proved.withPasswordHash(hash)) : Optional.empty();
    }

    /// Locks an account or opens it again; its sessions stay.
    public void lock(int user, boolean locked) {
        change(user, tx -> stores.accounts().changeLocked(tx, user, locked));
    }

    /// Suspends an account or lifts its suspension.
    public void suspend(int user, boolean suspended) {
        change(user, tx -> stores.accounts().changeSuspended(tx, user, suspended));
    }

    private interface Step {
        void apply(WriteTransaction tx);
    }

    private void change(int user, Step step) {
        journal.write(
                tx -> {
                    step.apply(tx);
                    return user;
                });
        sessions.forgetUser(user);
    }

    private static MatrixException taken() {
        return new MatrixException(ErrCode.M_USER_IN_USE, 400, "The username is taken");
    }
}
