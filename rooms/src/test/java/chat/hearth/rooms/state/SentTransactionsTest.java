package chat.hearth.rooms.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.storage.StoredAnswer;
import chat.hearth.storage.TransactionKey;
import chat.hearth.storage.TransactionStore;
import chat.hearth.storage.WriteTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SentTransactionsTest {
    private static final int PHONE = 7;
    private static final int DESK = 8;

    /// Knows one transaction from before and counts what it is asked.
    private static final class FromBefore implements TransactionStore {
        private final List<Long> asked = new ArrayList<>();

        @Override
        public Map<Long, String> txnIds(int device, long[] positions) {
            Map<Long, String> found = new HashMap<>();
            for (long position : positions) {
                asked.add(position);
                if (device == PHONE && position == 3) {
                    found.put(position, "from before");
                }
            }
            return found;
        }

        @Override
        public Optional<StoredAnswer> find(TransactionKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void record(WriteTransaction tx, TransactionKey key, StoredAnswer answer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int removeOlder(WriteTransaction tx, long before, int limit) {
            throw new UnsupportedOperationException();
        }
    }

    private final FromBefore store = new FromBefore();
    private final SentTransactions transactions = new SentTransactions(store, new AtHand());

    @Test
    void whatWasJustWrittenIsAskedOfNoStore() {
        transactions.note(5, new TransactionKey(PHONE, 1, "t5"));
        transactions.note(6, null);

        assertEquals(Map.of(5L, "t5"), transactions.txnIds(PHONE, new long[] {5, 6}));
        assertEquals(Map.of(), transactions.txnIds(DESK, new long[] {5, 6}));
        assertEquals(List.of(), store.asked);
    }

    @Test
    void whatIsNotRememberedIsAskedOfTheStore() {
        transactions.note(5, new TransactionKey(PHONE, 1, "t5"));

        assertEquals(
                Map.of(3L, "from before", 5L, "t5"),
                transactions.txnIds(PHONE, new long[] {3, 4, 5}));
        assertEquals(List.of(3L, 4L), store.asked);
    }

    @Test
    void theNextEventAtThePositionOfAWriteThatFailedTakesItsPlace() {
        transactions.note(5, new TransactionKey(PHONE, 1, "failed"));
        transactions.note(5, null);

        assertEquals(Map.of(), transactions.txnIds(PHONE, new long[] {5}));
    }
}
