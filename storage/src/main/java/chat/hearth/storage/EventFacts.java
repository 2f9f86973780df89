package chat.hearth.storage;

/// What is known of an event without its texts: enough to decide who may see it and whether a
/// filter lets it pass.
public sealed interface EventFacts permits StoredEvent, EventOutline {
    /// Its place in the stream.
    long position();

    /// The sender's number.
    int sender();

    /// The event type.
    String type();

    /// The number of its place in room state, 0 when it is no state event.
    int stateKey();

    /// Bits that belong to the room engine.
    int flags();

    /// The state version before it, 0 when the state was empty.
    long stateBefore();

    /// Position of the event that redacted it, 0 when it is whole.
    long redactedBy();

    /// Whether it is a state event.
    default boolean isState() {
        return stateKey() != 0;
    }
}
