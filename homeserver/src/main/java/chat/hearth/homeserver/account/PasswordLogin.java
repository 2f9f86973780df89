package chat.hearth.homeserver.account;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.Account;

/// Checks who somebody is by their password. An unknown user and a wrong password look and take the
/// same. Safe for use by several threads.
public final class PasswordLogin {
    /// What is said to who does not know the password, or comes with one that is no longer right.
    static final String WRONG = "Wrong username or password";

    private final Accounts accounts;
    private final PasswordHasher hasher;
    private final AccountLimits limits;

    PasswordLogin(Accounts accounts, PasswordHasher hasher, AccountLimits limits) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.limits = limits;
    }

    /// The account of a user who knows its password, as it was when that was checked: what is done
    /// with it has to look whether it still is so.
    ///
    /// @param user a user id or its localpart
    /// @param address where the request comes from
    /// @throws MatrixException 403 when there is no such user or the password is another, 403 or
    ///   401 when nobody may log in to the account, 429 after too many attempts
    public Account check(String user, String password, String address) {
        Account account = accounts.typed(user).orElse(null);
        HashPermit permit = limits.permitHash(accounts.limitKey(user), address);
        String stored = account == null ? null : account.passwordHash();
        PasswordHasher.Verdict verdict = hasher.verify(password, stored, permit);
        if (account != null && account.deactivated()) {
            AccountGate.requireOpen(account);
        }
        if (account == null || verdict == PasswordHasher.Verdict.WRONG) {
            throw MatrixException.forbidden(WRONG);
        }
        AccountGate.requireOpen(account);
        return switch (verdict) {
            case RIGHT, WRONG -> account;
            case RIGHT_AT_OLD_COST ->
                    accounts.rehash(account, password, permit)
                            .orElseGet(() -> checkedAgain(account, password, permit));
        };
    }

    /// The account with the hash that it has got meanwhile: of the same password, when another
    /// log-in was first to hash it anew, or else of another.
    private Account checkedAgain(Account account, String password, HashPermit permit) {
        Account now = accounts.require(account.user());
        AccountGate.requireOpen(now);
        if (hasher.verify(password, now.passwordHash(), permit) == PasswordHasher.Verdict.WRONG) {
            throw MatrixException.forbidden(WRONG);
        }
        return now;
    }

    /// Whether `password` is that of an account, for its user to prove it again.
    ///
    /// @param address where the request comes from
    /// @throws MatrixException 429 after too many attempts, right or wrong
    boolean isRight(Account account, String password, String address) {
        HashPermit permit = limits.permitHash(account.userId().value(), address);
        return hasher.verify(password, account.passwordHash(), permit)
                != PasswordHasher.Verdict.WRONG;
    }
}
