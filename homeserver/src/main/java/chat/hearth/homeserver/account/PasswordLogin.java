package chat.hearth.homeserver.account;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.Account;

/// Checks who somebody is by their password. An unknown user and a wrong password look and take the
/// same. Safe for use by several threads.
public final class PasswordLogin {
    private final Accounts accounts;
    private final PasswordHasher hasher;
    private final AccountLimits limits;

    PasswordLogin(Accounts accounts, PasswordHasher hasher, AccountLimits limits) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.limits = limits;
    }

    /// The account of a user who knows its password.
    ///
    /// @param user a user id or its localpart
    /// @throws MatrixException 403 when there is no such user or the password is another, 403 or
    ///   401 when nobody may log in to the account, 429 after too many attempts
    public Account check(String user, String password) {
        Account account = accounts.typed(user).orElse(null);
        String key = account == null ? shortened(user) : account.userId().value();
        limits.loginByAccount().acquire(key);
        limits.wrongPassword().check(key);
        String stored = account == null ? null : account.passwordHash();
        PasswordHasher.Verdict verdict = hasher.verify(password, stored);
        if (account != null && account.deactivated()) {
            AccountGate.requireOpen(account);
        }
        if (account == null || verdict == PasswordHasher.Verdict.WRONG) {
            limits.wrongPassword().acquire(key);
            throw MatrixException.forbidden("Wrong username or password");
        }
        AccountGate.requireOpen(account);
        if (verdict == PasswordHasher.Verdict.RIGHT_AT_OLD_COST) {
            accounts.changePassword(account.user(), password);
        }
        return account;
    }

    /// A key for a name that may be as long as a request.
    private static String shortened(String user) {
        return Integer.toHexString(user.hashCode());
    }

    /// Whether `password` is that of an account, for its user to prove it again.
    ///
    /// @throws MatrixException 429 after too many wrong ones
    boolean isRight(Account account, String password) {
        String key = account.userId().value();
        limits.wrongPassword().check(key);
        if (hasher.verify(password, account.passwordHash()) == PasswordHasher.Verdict.WRONG) {
            limits.wrongPassword().acquire(key);
            return false;
        }
        return true;
    }
}
