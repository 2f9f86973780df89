package chat.hearth.homeserver;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.StoredAnswer;
import chat.hearth.storage.TransactionKey;
import chat.hearth.storage.TransactionStore;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransactionUpkeepTest {
    /// More than are sent between two runs at 333 a second.
    private static final int ANSWERS = 100 * TransactionUpkeep.REMOVED_MAX + 1;

    private static final long GIVEN = 1_000;

    @TempDir private Path folder;

    @Test
    void oneRunForgetsAllThatIsTooOldHoweverMuchThatIs() {
        try (TestHearth server = TestHearth.start(folder)) {
            TransactionStore transactions = server.stores().transactions();
            var journal = server.database().journal();
            journal.write(
                    tx -> {
                        for (int i = 0; i < ANSWERS; i++) {
                            transactions.record(tx, key(i), new StoredAnswer(i + 1, GIVEN));
                        }
                        return ANSWERS;
                    });
            long later = GIVEN + TransactionUpkeep.REMEMBERED.toMillis() + 1;
            new TransactionUpkeep(transactions, journal, () -> Instant.ofEpochMilli(later)).run();
            assertTrue(transactions.find(key(0)).isEmpty());
            assertTrue(transactions.find(key(ANSWERS - 1)).isEmpty());
        }
    }

    private static TransactionKey key(int number) {
        return new TransactionKey(1, 1, "t" + number);
    }
}
