package chat.hearth.storage;

import java.util.function.Supplier;

/// All ports of one database. Thread safe, as all of them are.
///
/// @param snapshots several reads at one moment
/// @param runs the runs of the server
/// @param identifiers numbers of users, rooms and places in room state
/// @param rooms rooms and their heads
/// @param events events
/// @param timelines the events of several rooms at once
/// @param outlines events without their texts
/// @param states versions of room state
/// @param memberships who is in which room
/// @param guests guests in rooms that let none in
/// @param bans bans on their way into rooms that replaced others
/// @param relations which events relate to which
/// @param highlights unread highlights
/// @param unread what counts of unread events are made of
/// @param receipts how far who has read
/// @param accountData account data, tags, push rules
/// @param aliases local aliases
/// @param profiles profiles
/// @param presence what was told of users' presence
/// @param accounts local accounts
/// @param devices devices of local users
/// @param tokens access, refresh and login tokens
/// @param registrationTokens tokens that let people register
/// @param transactions answered transactions
/// @param filters filters
public record Stores(
        Snapshots snapshots,
        RunStore runs,
        IdentifierStore identifiers,
        RoomStore rooms,
        EventStore events,
        TimelineStore timelines,
        OutlineStore outlines,
        StateStore states,
        MembershipStore memberships,
        GuestStore guests,
        BanStore bans,
        RelationStore relations,
        HighlightStore highlights,
        UnreadStore unread,
        ReceiptStore receipts,
        AccountDataStore accountData,
        AliasStore aliases,
        ProfileStore profiles,
        PresenceStore presence,
        AccountStore accounts,
        DeviceStore devices,
        TokenStore tokens,
        RegistrationTokenStore registrationTokens,
        TransactionStore transactions,
        FilterStore filters) {
    /// Runs `reads` at one moment, see [Snapshots#read].
    public <R> R snapshot(Supplier<R> reads) {
        return snapshots.read(reads);
    }
}
