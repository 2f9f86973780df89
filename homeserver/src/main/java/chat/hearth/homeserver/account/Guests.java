package chat.hearth.homeserver.account;

import chat.hearth.http.TokenOwner;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.UserId;
import chat.hearth.storage.Account;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import org.jspecify.annotations.Nullable;

/// Lets people in who have no account of their own, where that is allowed, and makes users of them
/// when they register. Safe for use by several threads.
///
/// See [Guest access](https://spec.matrix.org/v1.19/client-server-api/#guest-access).
public final class Guests {
    private final boolean allowed;
    private final Accounts accounts;
    private final LoginSessions logins;
    private final AccountSessions sessions;
    private final Stores stores;
    private final Journal journal;

    Guests(
            boolean allowed,
            Accounts accounts,
            LoginSessions logins,
            AccountSessions sessions,
            Stores stores,
            Journal journal) {
        this.allowed = allowed;
        this.accounts = accounts;
        this.logins = logins;
        this.sessions = sessions;
        this.stores = stores;
        this.journal = journal;
    }

    /// Lets pass when guests are let in at all.
    ///
    /// @throws MatrixException 403 when they are not
    public void requireAllowed() {
        if (!allowed) {
            throw MatrixException.forbidden("Guests are not let in here");
        }
    }

    /// Lets a new guest in.
    ///
    /// @param userId what the guest is called
    /// @param deviceName the name of the guest's device, null for none
    /// @throws MatrixException 400 for a name of a device that is too long
    OpenedSession enter(UserId userId, @Nullable String deviceName) {
        LoginSessions.Prepared session = logins.prepare(new DeviceRequest(null, deviceName, false));
        journal.write(
                tx -> {
                    int user = accounts.add(tx, userId, null, false);
                    stores.accounts().changeGuest(tx, user, true);
                    return logins.store(tx, user, session);
                });
        return logins.opened(userId, session);
    }

    /// The account of a guest who wants to keep it.
    ///
    /// @param token the guest's access token
    /// @param username what the new user wants to be called: it must be the guest's localpart
    /// @throws MatrixException 403 when the token is no guest's or the name is another one
    Account require(String token, @Nullable String username) {
        if (sessions.owner(token, () -> "") instanceof TokenOwner.Known(var requester)
                && requester.guest()
                && requester.userId().localpart().equals(username)) {
            return accounts.require(requester.user());
        }
        throw MatrixException.forbidden(
                "guest_access_token must be of the guest whose localpart is username");
    }

    /// Makes a user of a guest, who is to be told of by [#kept(Account)] once it is durable.
    ///
    /// @return the user's number
    int keep(WriteTransaction tx, Account guest, String passwordHash) {
        stores.accounts().changePassword(tx, guest.user(), passwordHash);
        stores.accounts().changeGuest(tx, guest.user(), false);
        return guest.user();
    }

    /// Reads the guest's sessions again when they are next used: they are a user's now.
    void kept(Account guest) {
        sessions.forgetUser(guest.user());
    }
}
