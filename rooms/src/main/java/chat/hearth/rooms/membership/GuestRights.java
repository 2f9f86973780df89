package chat.hearth.rooms.membership;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;

/// What events a guest may send, by whichever request: of member events only those by which the
/// guest joins, leaves or changes the display name.
///
/// See [Guest access](https://spec.matrix.org/v1.19/client-server-api/#guest-access).
final class GuestRights {
    private GuestRights() {}

    /// Whether a guest's right to send an event depends on what it says.
    static boolean isLimited(EventDraft draft) {
        return draft.type().equals(EventTypes.MEMBER) && draft.stateKey() != null;
    }

    /// Refuses what a guest may not do.
    ///
    /// @throws MatrixException 403 `M_GUEST_ACCESS_FORBIDDEN`
    static void require(EventDraft draft) {
        if (!isLimited(draft)) {
            return;
        }
        Membership membership = Membership.of(draft.content());
        boolean own = draft.sender().value().equals(draft.stateKey());
        if (!own || (membership != Membership.JOIN && membership != Membership.LEAVE)) {
            throw forbidden("Guests may only join and leave");
        }
        if (draft.content().has("avatar_url")) {
            throw forbidden("Guests may change their name only");
        }
    }

    private static MatrixException forbidden(String text) {
        return new MatrixException(ErrCode.M_GUEST_ACCESS_FORBIDDEN, 403, text);
    }
}
