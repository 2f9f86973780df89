package chat.hearth.storage.jdbc;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.storage.StorageException;

/// The numbers that stand for memberships in the database. They never change.
final class MembershipCode {
    private MembershipCode() {}

    static int of(Membership membership) {
        return switch (membership) {
            case INVITE -> 1;
            case JOIN -> 2;
            case KNOCK -> 3;
            case LEAVE -> 4;
            case BAN -> 5;
        };
    }

    /// The membership stored as `code`.
    ///
    /// @throws StorageException when there is none
    static Membership membership(int code) {
        for (Membership membership : Membership.values()) {
            if (of(membership) == code) {
                return membership;
            }
        }
        throw new StorageException("Unknown membership code " + code);
    }
}
