package chat.hearth.storage;

import java.util.Map;
import java.util.Optional;

/// Which transactions of clients were answered before.
///
/// See [Transaction
/// identifiers](https://spec.matrix.org/v1.19/client-server-api/#transaction-identifiers).
public interface TransactionStore {
    /// What a transaction was answered with, if it was.
    Optional<StoredAnswer> find(TransactionKey key);

    /// Notes the answer in the transaction that makes it true.
    ///
    /// @throws StorageException when the transaction was answered before
    void record(WriteTransaction tx, TransactionKey key, StoredAnswer answer);

    /// The transaction ids with which `device` made what stands at those of `positions` that are
    /// its own: what `unsigned.transaction_id` shows to the sender.
    ///
    /// @param positions at most [EventStore#BATCH_MAX]
    Map<Long, String> txnIds(int device, long[] positions);

    /// Removes the oldest answers as far as they were given before a time.
    ///
    /// @param before milliseconds since the epoch
    /// @param limit how many at most
    /// @return how many were removed
    int removeOlder(WriteTransaction tx, long before, int limit);
}
