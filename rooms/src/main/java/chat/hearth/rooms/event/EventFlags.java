package chat.hearth.rooms.event;

/// The bits of `flags` in [chat.hearth.storage.StoredEvent].
public final class EventFlags {
    /// The event is highlighted to somebody; the store knows to whom.
    public static final int HIGHLIGHTS = 1;

    private EventFlags() {}
}
