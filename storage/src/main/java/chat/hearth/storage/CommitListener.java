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

    /// This listener, and after it `next`.
    default CommitListener then(CommitListener next) {
        CommitListener first = this;
        return new CommitListener() {
            @Override
            public void committed(List<Change> changes) {
                first.committed(changes);
                next.committed(changes);
            }

            @Override
            public void skipped(long upTo) {
                first.skipped(upTo);
                next.skipped(upTo);
            }
        };
    }
}
