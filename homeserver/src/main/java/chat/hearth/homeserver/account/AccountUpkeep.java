package chat.hearth.homeserver.account;

import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import java.time.Duration;
import java.time.InstantSource;

/// What is done about accounts now and then.
public final class AccountUpkeep {
    /// How often to do it.
    public static final Duration INTERVAL = Duration.ofSeconds(30);

    /// A client that comes back with an expired token within this time is told that it expired, and
    /// keeps what it stored; later it is told that the token is unknown.
    private static final Duration EXPIRED_KEPT = Duration.ofDays(90);

    /// One write removes no more tokens of a kind than this, so that others need not wait for it.
    private static final int REMOVED_MAX = 1_000;

    private final SeenDevices seen;
    private final Stores stores;
    private final Journal journal;
    private final InstantSource clock;

    AccountUpkeep(SeenDevices seen, Stores stores, Journal journal, InstantSource clock) {
        this.seen = seen;
        this.stores = stores;
        this.journal = journal;
        this.clock = clock;
    }

    /// Writes down when devices were seen, and removes tokens that expired long ago.
    ///
    /// @throws chat.hearth.storage.StorageException when the database failed; the next run makes up
    ///   for it
    public void run() {
        seen.flush();
        long before = clock.millis() - EXPIRED_KEPT.toMillis();
        int removed;
        do {
            removed = journal.write(tx -> stores.tokens().removeExpired(tx, before, REMOVED_MAX));
        } while (removed >= REMOVED_MAX);
    }
}
