package chat.hearth.protocol.filter;

/// The part of a filter for presence and for account data, and the base of the parts for rooms.
///
/// @param types which event types pass
/// @param senders whose events pass
/// @param askedLimit how many events the client wants at most, or [#NO_LIMIT]
public record EventFilter(TypeSelection types, IdSelection senders, int askedLimit) {
    /// The client does not say how many events it wants.
    public static final int NO_LIMIT = -1;

    /// Everything passes.
    public static final EventFilter ALL =
            new EventFilter(TypeSelection.ALL, IdSelection.ALL, NO_LIMIT);

    static EventFilter read(FilterReader in) {
        return new EventFilter(
                TypeSelection.of(in.nullableStrings("types"), in.strings("not_types")),
                in.users("senders", "not_senders"),
                in.limit());
    }

    /// Whether an event of `type` by `sender` passes.
    public boolean matches(String type, String sender) {
        return types.accepts(type) && senders.accepts(sender);
    }

    /// Whether no event is left out for its type or sender.
    public boolean matchesAll() {
        return types.acceptsAll() && senders.acceptsAll();
    }

    /// Whether the client wants no event at all.
    public boolean wantsNone() {
        return askedLimit == 0;
    }

    /// Whether some event of `type` may be wanted.
    public boolean mayMatch(String type) {
        return !wantsNone() && types.accepts(type) && !senders.acceptsNone();
    }

    /// How many events to give: what the client asked for, else `byDefault`, never above `max`.
    public int limit(int byDefault, int max) {
        return Math.min(askedLimit == NO_LIMIT ? byDefault : askedLimit, max);
    }
}
