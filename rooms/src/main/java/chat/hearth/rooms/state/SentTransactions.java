package chat.hearth.rooms.state;

import chat.hearth.storage.TransactionKey;
import chat.hearth.storage.TransactionStore;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// With which transactions the latest events were sent, so that a client that is woken by its own
/// message costs no look at the store. What is not remembered, as after a restart, is asked of the
/// store. Safe for use by several threads.
///
/// See [Transaction
/// identifiers](https://spec.matrix.org/v1.19/client-server-api/#transaction-identifiers).
public final class SentTransactions {
    /// What is remembered may take about this many bytes.
    private static final long MEMORY_BYTES_MAX = 4L << 20;

    /// What an entry takes besides a transaction id, estimated.
    private static final int OVERHEAD_BYTES = 150;

    private static final Sending NONE = new Sending(0, "");

    private final TransactionStore store;

    /// What the device that the work is done for has sent.
    private final AtHand.Shelf<Long, Sending> atHand;

    private final Cache<Long, Sending> recent =
            Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumWeight(MEMORY_BYTES_MAX)
                    .weigher((Long _, Sending each) -> OVERHEAD_BYTES + each.txnId().length())
                    .build();

    /// Which device sent an event with which transaction id.
    private record Sending(int device, String txnId) {}

    /// Remembers before `store`.
    ///
    /// @param atHand keeps what a piece of work has asked of the store
    public SentTransactions(TransactionStore store, AtHand atHand) {
        this.store = store;
        this.atHand = atHand.shelf();
    }

    /// Remembers an event that is being written. As nobody asks for a position before it is
    /// announced, a write that fails does no harm: the next event at the position takes its place.
    ///
    /// @param transaction null for an event without one
    public void note(long position, @Nullable TransactionKey transaction) {
        Sending sending =
                transaction == null ? NONE : new Sending(transaction.device(), transaction.txnId());
        recent.put(position, sending);
    }

    /// The transaction ids with which `device` sent those of the events at `positions` that it sent
    /// itself.
    ///
    /// @param device its number, not 0
    /// @param positions at most [chat.hearth.storage.EventStore#BATCH_MAX]
    public Map<Long, String> txnIds(int device, long[] positions) {
        Map<Long, String> known = new HashMap<>();
        long[] unknown = new long[positions.length];
        int count = 0;
        for (long position : positions) {
            Sending sending = sending(position);
            if (sending == null) {
                unknown[count++] = position;
            } else if (sending.device() == device) {
                known.put(position, sending.txnId());
            }
        }
        if (count > 0) {
            long[] asked = Arrays.copyOf(unknown, count);
            Map<Long, String> stored = store.txnIds(device, asked);
            for (long position : asked) {
                String txnId = stored.get(position);
                atHand.put(position, txnId == null ? NONE : new Sending(device, txnId));
            }
            known.putAll(stored);
        }
        return known;
    }

    private @Nullable Sending sending(long position) {
        Sending kept = atHand.find(position);
        return kept == null ? recent.getIfPresent(position) : kept;
    }
}
