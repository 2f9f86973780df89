package chat.hearth.homeserver;

import chat.hearth.storage.Journal;
import chat.hearth.storage.TransactionStore;
import java.time.Duration;
import java.time.InstantSource;

/// Forgets the answers to transactions that no client will repeat any more.
///
/// See [Transaction
/// identifiers](https://spec.matrix.org/v1.19/client-server-api/#transaction-identifiers).
final class TransactionUpkeep implements Runnable {
    /// A client that repeats a request after this long gets it done again.
    static final Duration REMEMBERED = Duration.ofHours(24);

    /// How often it runs.
    static final Duration INTERVAL = Duration.ofMinutes(5);

    /// One write removes no more than this, so that others need not wait for it.
    static final int REMOVED_MAX = 1_000;

    private final TransactionStore transactions;
    private final Journal journal;
    private final InstantSource clock;

    TransactionUpkeep(TransactionStore transactions, Journal journal, InstantSource clock) {
        this.transactions = transactions;
        this.journal = journal;
        this.clock = clock;
    }

    /// Goes on until nothing is left: however much is sent, no more is kept than of [#REMEMBERED].
    @Override
    public void run() {
        long before = clock.millis() - REMEMBERED.toMillis();
        int removed;
        do {
            removed = journal.write(tx -> transactions.removeOlder(tx, before, REMOVED_MAX));
        } while (removed == REMOVED_MAX);
    }
}
