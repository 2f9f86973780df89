package chat.hearth.rooms.accountdata;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Account;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.AccountDataStore;
import chat.hearth.storage.AccountStore;
import chat.hearth.storage.Stores;

/// Whether users can be invited at all: an invite has to reach them, and they have to want it. An
/// invite to nobody would wait for whoever registers that name. Safe for use by several threads.
///
/// See [Invite permission](https://spec.matrix.org/v1.19/client-server-api/#invite-permission).
public final class InvitePermission {
    /// The account data in which users say so.
    public static final String TYPE = "m.invite_permission_config";

    private final ServerName server;
    private final AccountStore accounts;
    private final AccountDataStore accountData;

    /// What the users of `server` want.
    public InvitePermission(ServerName server, Stores stores) {
        this.server = server;
        this.accounts = stores.accounts();
        this.accountData = stores.accountData();
    }

    /// Whether this content of the account data keeps invites away.
    public static boolean blocks(JsonObject content) {
        return content.string("default_action").filter("block"::equals).isPresent();
    }

    /// Sees to it that a user may be invited.
    ///
    /// @throws MatrixException 403 `M_FORBIDDEN` for a user of another server, whom no invite would
    ///   reach, and for one whose account is closed; 404 when there is no such user; 403
    ///   `M_INVITE_BLOCKED` when the user wants no invites
    public void require(UserId target) {
        if (!target.serverName().equals(server)) {
            throw MatrixException.forbidden(
                    target + " is on another server, and invites do not leave this one");
        }
        Account account =
                accounts.find(target)
                        .orElseThrow(() -> MatrixException.notFound("There is no user " + target));
        if (account.deactivated()) {
            throw MatrixException.forbidden(target + " has closed their account");
        }
        boolean blocked =
                accountData
                        .find(account.user(), UserAccountData.GLOBAL, TYPE)
                        .map(AccountData::object)
                        .filter(InvitePermission::blocks)
                        .isPresent();
        if (blocked) {
            throw new MatrixException(
                    ErrCode.M_INVITE_BLOCKED, 403, target + " does not want to be invited");
        }
    }

    /// Whether an event invites somebody.
    public static boolean isInvite(EventDraft draft) {
        return draft.type().equals(EventTypes.MEMBER)
                && draft.content().string("membership").filter("invite"::equals).isPresent();
    }

    /// Sees to it that an event invites nobody who may not be.
    ///
    /// @throws MatrixException 403 or 404 as above
    public void require(EventDraft draft) {
        String target = draft.stateKey();
        if (isInvite(draft) && target != null) {
            UserId.parse(target).ifPresent(this::require);
        }
    }
}
