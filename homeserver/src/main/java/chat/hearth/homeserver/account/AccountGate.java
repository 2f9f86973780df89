package chat.hearth.homeserver.account;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Account;
import chat.hearth.storage.AccountStore;
import java.util.Objects;

/// Stands behind every way to log in: whoever proved who they are still needs an account that is
/// open. Suspended accounts may log in.
///
/// See [Account moderation](https://spec.matrix.org/v1.19/client-server-api/#account-moderation).
final class AccountGate {
    private static final JsonObject SOFT_LOGOUT =
            JsonObject.builder().put("soft_logout", true).build();

    private AccountGate() {}

    /// Whether an account has the password still that its user proved to know; a closed one has
    /// none. Checking a password takes long and leaves time to change it, so this is asked in the
    /// write that the proof was for.
    static boolean isAsProved(AccountStore accounts, Account proved) {
        return accounts.find(proved.user())
                .filter(now -> Objects.equals(now.passwordHash(), proved.passwordHash()))
                .isPresent();
    }

    /// Refuses an account into which nobody may log in.
    ///
    /// @throws MatrixException 403 `M_USER_DEACTIVATED` or 401 `M_USER_LOCKED`
    static void requireOpen(Account account) {
        if (account.deactivated()) {
            throw new MatrixException(
                    ErrCode.M_USER_DEACTIVATED, 403, "This account has been deactivated");
        }
        if (account.locked()) {
            throw new MatrixException(
                    ErrCode.M_USER_LOCKED, 401, "This account is locked", SOFT_LOGOUT);
        }
    }
}
