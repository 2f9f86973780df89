package chat.hearth.storage;

/// A unit of work that becomes durable wholly or not at all.
///
/// @param <R> what it returns once it is durable
@FunctionalInterface
public interface Write<R> {
    /// Makes the changes. Runs on the journal's thread and must not wait for anything. It may run
    /// more than once, each time as if it had never run before: whatever it did to memory before
    /// the commit is its own to make harmless. An exception undoes this write and no other.
    R apply(WriteTransaction tx);
}
