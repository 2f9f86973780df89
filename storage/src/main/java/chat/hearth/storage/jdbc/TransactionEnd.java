package chat.hearth.storage.jdbc;

/// Hears how a transaction ended.
@FunctionalInterface
interface TransactionEnd {
    /// Called on the writer's thread, once per transaction.
    void ended(boolean durable);
}
