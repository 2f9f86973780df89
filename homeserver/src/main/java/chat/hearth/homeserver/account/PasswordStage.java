package chat.hearth.homeserver.account;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Account;

/// `m.login.password`: the password of the account that makes the request, and of no other.
///
/// See [Password-based](https://spec.matrix.org/v1.19/client-server-api/#password-based).
final class PasswordStage implements AuthStage {
    private final Accounts accounts;
    private final PasswordLogin passwords;

    PasswordStage(Accounts accounts, PasswordLogin passwords) {
        this.accounts = accounts;
        this.passwords = passwords;
    }

    @Override
    public void prove(AuthSession session, JsonObject auth, String address) {
        Account account = session.account();
        if (account == null) {
            throw UserInteractiveAuth.unauthorized("There is no account yet");
        }
        String password = TextMember.require(auth, "password");
        String user = LoginIdentifier.of(auth).user();
        if (user == null) {
            // What the specification wants of an address that is not known, other than of a user.
            throw MatrixException.forbidden("Wrong username or password");
        }
        if (!accounts.isSame(account, user)) {
            throw MatrixException.forbidden("This has to be confirmed by the user who asks for it");
        }
        // Read again: the password may have been changed since the session began.
        if (!passwords.isRight(accounts.require(account.user()), password, address)) {
            throw UserInteractiveAuth.unauthorized("Wrong username or password");
        }
    }
}
