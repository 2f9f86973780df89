package chat.hearth.storage;

/// The order in which reads get their turn when more of them wait than can run. A lower priority
/// waits longer, never for good: after a number of others have passed it, it has a turn.
public enum ReadPriority {
    /// Log-ins, access tokens, and the server's own work on which many requests wait.
    URGENT,
    /// Ordinary requests.
    NORMAL,
    /// Requests that read much, as `/sync` does.
    BULK,
    /// Housekeeping, which nobody waits for.
    BACKGROUND
}
