package chat.hearth.protocol.filter;

/// The part of a filter for rooms.
///
/// @param rooms the rooms that pass at all
/// @param includeLeave whether left rooms are wanted in a sync from the beginning
/// @param ephemeral for typing, receipts and the like
/// @param accountData for the user's own data about a room
/// @param state for state events
/// @param timeline for messages and state as they happen
public record RoomFilter(
        IdSelection rooms,
        boolean includeLeave,
        RoomEventFilter ephemeral,
        RoomEventFilter accountData,
        RoomEventFilter state,
        RoomEventFilter timeline) {
    /// Everything passes.
    public static final RoomFilter ALL =
            new RoomFilter(
                    IdSelection.ALL,
                    false,
                    RoomEventFilter.ALL,
                    RoomEventFilter.ALL,
                    RoomEventFilter.ALL,
                    RoomEventFilter.ALL);

    static RoomFilter read(FilterReader in) {
        return new RoomFilter(
                in.rooms("rooms", "not_rooms"),
                in.flag("include_leave"),
                RoomEventFilter.read(in.inner("ephemeral")),
                RoomEventFilter.read(in.inner("account_data")),
                RoomEventFilter.read(in.inner("state")),
                RoomEventFilter.read(in.inner("timeline")));
    }
}
