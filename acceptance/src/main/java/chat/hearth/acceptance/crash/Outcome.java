package chat.hearth.acceptance.crash;

/// What the client knows about one write.
enum Outcome {
    /// Answered with 200: it must be there.
    ACKNOWLEDGED,
    /// The connection broke or the server failed: it may be there whole, or not at all.
    UNKNOWN
}
