package chat.hearth.storage;

/// An event without its texts, which may be a hundred times as large as the rest.
///
/// @param position its place in the stream
/// @param room the room's number
/// @param sender the sender's number
/// @param type the event type
/// @param stateKey the number of its place in room state, 0 when it is no state event
/// @param flags bits that belong to the room engine
/// @param stateBefore the state version before it, 0 when the state was empty
/// @param redactedBy position of the event that redacted it, 0 when it is whole
/// @param bytes the length of its texts, together with those that a client is shown with it: of the
///   event that it replaced and of its redaction
public record EventOutline(
        long position,
        int room,
        int sender,
        String type,
        int stateKey,
        int flags,
        long stateBefore,
        long redactedBy,
        int bytes)
        implements EventFacts {
    /// The outline of an event.
    ///
    /// @param shownBytes the length of what is shown with it
    public static EventOutline of(StoredEvent event, int shownBytes) {
        return new EventOutline(
                event.position(),
                event.room(),
                event.sender(),
                event.type(),
                event.stateKey(),
                event.flags(),
                event.stateBefore(),
                event.redactedBy(),
                event.clientJson().length + event.federationJson().length + shownBytes);
    }
}
