package chat.hearth.storage.jdbc;

import chat.hearth.storage.Stores;

/// Puts the stores of one database together.
final class JdbcStores {
    private JdbcStores() {}

    static Stores over(Sessions sessions) {
        var identifiers = new JdbcIdentifierStore(sessions);
        var events = new JdbcEventStore(sessions, identifiers);
        return new Stores(
                sessions,
                new JdbcRunStore(sessions),
                identifiers,
                new JdbcRoomStore(sessions, identifiers),
                events,
                new JdbcTimelineStore(sessions, events),
                new JdbcOutlineStore(sessions, identifiers),
                new JdbcStateStore(sessions),
                new JdbcMembershipStore(sessions),
                new JdbcGuestStore(sessions),
                new JdbcBanStore(sessions),
                new JdbcRelationStore(sessions, identifiers),
                new JdbcHighlightStore(sessions),
                new JdbcUnreadStore(sessions),
                new JdbcReceiptStore(sessions, identifiers),
                new JdbcAccountDataStore(sessions, identifiers),
                new JdbcAliasStore(sessions),
                new JdbcProfileStore(sessions),
                new JdbcPresenceStore(sessions),
                new JdbcAccountStore(sessions, ErasedUsers.load(sessions)),
                new JdbcDeviceStore(sessions),
                new JdbcTokenStore(sessions),
                new JdbcRegistrationTokenStore(sessions),
                new JdbcTransactionStore(sessions),
                new JdbcFilterStore(sessions));
    }
}
