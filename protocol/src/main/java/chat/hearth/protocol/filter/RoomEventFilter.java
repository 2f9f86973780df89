package chat.hearth.protocol.filter;

import chat.hearth.protocol.json.JsonValue;

/// The part of a filter for one kind of a room's events, and the whole filter of `/messages`,
/// `/context` and `/search`.
///
/// @param events which types and senders pass, and how many events
/// @param rooms the rooms whose events pass
/// @param url whether events with a `url` in their content pass
/// @param lazyLoadMembers whether only the membership events of the shown senders are wanted
/// @param includeRedundantMembers whether to send these again when the client has them already
/// @param unreadThreadNotifications whether to count notifications by thread
public record RoomEventFilter(
        EventFilter events,
        IdSelection rooms,
        UrlRule url,
        boolean lazyLoadMembers,
        boolean includeRedundantMembers,
        boolean unreadThreadNotifications) {
    /// Everything passes.
    public static final RoomEventFilter ALL =
            new RoomEventFilter(EventFilter.ALL, IdSelection.ALL, UrlRule.ANY, false, false, false);

    /// Reads a `RoomEventFilter` that stands for itself.
    ///
    /// @throws chat.hearth.protocol.error.MatrixException 400 `M_BAD_JSON` when it is not one
    public static RoomEventFilter parse(JsonValue json) {
        return read(FilterReader.of(json));
    }

    static RoomEventFilter read(FilterReader in) {
        return new RoomEventFilter(
                EventFilter.read(in),
                in.rooms("rooms", "not_rooms"),
                in.url("contains_url"),
                in.flag("lazy_load_members"),
                in.flag("include_redundant_members"),
                in.flag("unread_thread_notifications"));
    }

    /// Whether an event of `type` by `sender`, whose content has a `url` or not, passes. The room
    /// is asked once and for itself: [#acceptsRoom(String)].
    public boolean matches(String type, String sender, boolean containsUrl) {
        return url.accepts(containsUrl) && events.matches(type, sender);
    }

    /// Whether an event of `type` by `sender` passes as far as can be said without its content.
    /// That is the last word unless [#needsContent()].
    public boolean matches(String type, String sender) {
        return events.matches(type, sender);
    }

    /// Whether the content must be looked at for a `url`.
    public boolean needsContent() {
        return url != UrlRule.ANY;
    }

    /// Whether the events of the room with this id pass.
    public boolean acceptsRoom(String roomId) {
        return rooms.accepts(roomId);
    }

    /// Whether any of the events of the room with this id are wanted.
    public boolean wants(String roomId) {
        return rooms.accepts(roomId) && !events.wantsNone();
    }

    /// Whether no event of an accepted room is left out for its type, sender or content. Events may
    /// then be shared between clients, whatever limit and way of loading members they ask for.
    public boolean matchesAll() {
        return url == UrlRule.ANY && events.matchesAll();
    }

    /// How many events to give: what the client asked for, else `byDefault`, never above `max`.
    public int limit(int byDefault, int max) {
        return events.limit(byDefault, max);
    }
}
