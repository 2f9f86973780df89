package chat.hearth.storage;

/// Stands before writes that build on something in memory, such as the head of a room. Called on
/// the journal's thread, in the order of the writes.
public interface Guard {
    /// Lets every write pass.
    Guard NONE =
            new Guard() {
                @Override
                public void check() {}

                @Override
                public void failed(Throwable cause) {}
            };

    /// Runs right before the write, and again before each re-run. A refusal fails this write and
    /// touches no other.
    ///
    /// @throws StaleHeadException when an earlier write failed that this one builds on
    void check();

    /// Says that a write behind this guard has failed for good. Called before any later write runs
    /// and before the ticket is completed.
    void failed(Throwable cause);
}
