package chat.hearth.storage;

import java.util.List;

/// Hears of what has become durable, before the writers themselves do.
@FunctionalInterface
public interface CommitListener {
    /// Hears of one commit. Called on the journal's thread, commit after commit; it must be quick,
    /// and must not throw or wait.
    ///
    /// @param changes in the order of positions; never empty
    void committed(List<Change> changes);

    /// Hears that positions up to `upTo` may hold changes of which nobody will be told: a commit
    /// took place although its answer was lost. Whoever keeps track in memory has to read anew.
    default void skipped(long upTo) {}
}
