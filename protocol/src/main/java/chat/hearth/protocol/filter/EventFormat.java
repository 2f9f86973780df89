package chat.hearth.protocol.filter;

/// The form in which a client wants its events.
public enum EventFormat {
    /// As clients know them.
    CLIENT,
    /// As servers send them to each other.
    FEDERATION
}
