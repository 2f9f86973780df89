package chat.hearth.protocol.filter;

import chat.hearth.protocol.json.JsonValue;

/// A sync filter, compiled. Immutable; two filters that were written alike are equal, so a filter
/// can be the key of what is built for all who use the same one.
///
/// See [Filtering](https://spec.matrix.org/v1.19/client-server-api/#filtering).
///
/// @param eventFormat the form of the events
/// @param eventFields the fields of each event to send
/// @param presence for presence
/// @param accountData for the user's own data that belongs to no room
/// @param room for everything in rooms
public record Filter(
        EventFormat eventFormat,
        EventFields eventFields,
        EventFilter presence,
        EventFilter accountData,
        RoomFilter room) {
    /// The filter of a client that asks for none: everything passes.
    public static final Filter DEFAULT =
            new Filter(
                    EventFormat.CLIENT,
                    EventFields.ALL,
                    EventFilter.ALL,
                    EventFilter.ALL,
                    RoomFilter.ALL);

    /// Reads a filter. Unknown members are ignored, since later versions may define them; known
    /// ones must have the right type, and ids their grammar.
    ///
    /// @throws chat.hearth.protocol.error.MatrixException 400 `M_BAD_JSON` that names the member at
    ///   fault
    public static Filter parse(JsonValue json) {
        FilterReader in = FilterReader.of(json);
        return new Filter(
                in.eventFormat(),
                in.eventFields(),
                EventFilter.read(in.inner("presence")),
                EventFilter.read(in.inner("account_data")),
                RoomFilter.read(in.inner("room")));
    }

    /// Whether this is the filter of a client that asks for none.
    public boolean isDefault() {
        return equals(DEFAULT);
    }

    /// Whether timeline events go out as they are stored: none left out for what it is, none cut to
    /// some fields, all in the client's form.
    public boolean sharesTimelines() {
        return eventFormat == EventFormat.CLIENT
                && eventFields.includesAll()
                && room.timeline().matchesAll();
    }
}
