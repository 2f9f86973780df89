package chat.hearth.storage;

/// What a write may do besides calling the stores. Valid only while the write runs, and only on its
/// thread.
public interface WriteTransaction {
    /// Allocates the next position of the stream, one more than the one before; the first is 1. A
    /// position becomes visible together with everything before it. When the write fails, its
    /// positions are given to later writes.
    long nextPosition();

    /// Tells the server's readers of a change, after the commit and in the order of positions.
    void announce(Change change);
}
