package chat.hearth.storage;

import java.util.function.Supplier;

/// Lets several reads see the database at one moment.
public interface Snapshots {
    /// Runs `reads`, in which every call of a store sees the same moment, with one hop to the
    /// database for all of them. They may run on another thread and hold one of few connections: no
    /// waiting, no writes, no calls to other services inside. Inside a write, or another snapshot,
    /// they run in that.
    ///
    /// @throws StorageException when the database failed
    <R> R read(Supplier<R> reads);
}
