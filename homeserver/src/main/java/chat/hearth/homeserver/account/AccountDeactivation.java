package chat.hearth.homeserver.account;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.rooms.membership.RoomMemberships;
import chat.hearth.storage.Account;
import chat.hearth.storage.Change;
import chat.hearth.storage.Journal;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;
import chat.hearth.storage.Write;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;

/// Closes accounts for good: their users leave all rooms, and nothing that they kept here stays.
/// The user id is never given again. Safe for use by several threads.
///
/// See [Account
/// deactivation](https://spec.matrix.org/v1.19/client-server-api/#account-deactivation).
public final class AccountDeactivation {
    private static final Logger LOG = System.getLogger(AccountDeactivation.class.getName());
    private static final Set<Membership> LEFT =
            Set.of(Membership.JOIN, Membership.INVITE, Membership.KNOCK);
    private static final int ROOMS_PAGE = 500;

    /// One write removes no more rows than this, so that others need not wait for it.
    private static final int REMOVED_MAX = 1_000;

    /// Of what a user has read so much: each row is a statement.
    private static final int READ_MAX = 100;

    private final Stores stores;
    private final Journal journal;
    private final Devices devices;
    private final AccountSessions sessions;
    private final RoomMemberships memberships;

    /// Closes the accounts of `services`.
    public AccountDeactivation(
            AccountServices services, AccountServices.Data data, RoomMemberships memberships) {
        this.stores = data.stores();
        this.journal = data.journal();
        this.devices = services.devices();
        this.sessions = services.sessions();
        this.memberships = memberships;
    }

    /// Closes an account. After a crash in the middle the account may still be open, though out of
    /// some of its rooms; then closing it again does the rest.
    ///
    /// @param erase whether its user asks for their messages to be forgotten too
    public void deactivate(Account account, boolean erase) {
        leaveRooms(account);
        int user = account.user();
        removePersonalData(user);
        journal.write(
                tx -> {
                    stores.accounts().deactivate(tx, user, erase);
                    stores.tokens().removeOfUser(tx, user);
                    devices.removeIn(tx, user, new LoggedOut.All());
                    stores.profiles().clear(tx, user);
                    stores.presence().remove(tx, user);
                    tx.announce(new Change(tx.nextPosition(), Change.Kind.PROFILE, 0, user));
                    return user;
                });
        sessions.forgetUser(user);
        // What the user did while the account was still open.
        removePersonalData(user);
        leaveRooms(account);
    }

    /// What was kept for the user: account data, push rules and tags among it, filters, and how far
    /// the user has read.
    private void removePersonalData(int user) {
        removeAll(tx -> stores.accountData().removeOfUser(tx, user, REMOVED_MAX));
        removeAll(tx -> stores.receipts().removeOfUser(tx, user, READ_MAX));
        removeAll(tx -> stores.highlights().removeOfUser(tx, user, READ_MAX));
        removeAll(tx -> stores.filters().removeOfUser(tx, user, REMOVED_MAX));
    }

    private void removeAll(Write<Integer> removal) {
        int removed;
        do {
            removed = journal.write(removal);
        } while (removed > 0);
    }

    private void leaveRooms(Account account) {
        int after = 0;
        while (true) {
            List<StoredMembership> page =
                    stores.memberships().ofUser(account.user(), LEFT, after, ROOMS_PAGE);
            page.forEach(membership -> leave(account, membership));
            if (page.size() < ROOMS_PAGE) {
                return;
            }
            after = page.getLast().room();
        }
    }

    /// A room that cannot be left does not keep an account open.
    private void leave(Account account, StoredMembership membership) {
        RoomId room = stores.identifiers().room(membership.room());
        try {
            memberships.leave(account.userId(), room, null);
        } catch (MatrixException refused) {
            LOG.log(
                    Level.WARNING,
                    () ->
                            account.userId()
                                    + " was deactivated, but could not leave "
                                    + (room + ": " + refused.text()));
        }
    }
}
