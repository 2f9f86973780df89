package chat.hearth.homeserver.account;

import chat.hearth.storage.Journal;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.Stores;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What is done about accounts now and then: writes down when devices were seen, and removes tokens
/// that expired long ago. Runs on a thread of its own until it is closed.
public final class AccountUpkeep implements AutoCloseable {
    private static final Logger LOG = System.getLogger(AccountUpkeep.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

    /// A client that comes back with an expired token within this time is told that it expired, and
    /// keeps what it stored; later it is told that the token is unknown.
    private static final Duration EXPIRED_KEPT = Duration.ofDays(90);

    private static final int REMOVED_MAX = 1_000;

    private final SeenDevices seen;
    private final Stores stores;
    private final Journal journal;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private AccountUpkeep(SeenDevices seen, Stores stores, Journal journal, InstantSource clock) {
        this.seen = seen;
        this.stores = stores;
        this.journal = journal;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("hearth-accounts").unstarted(this::run);
    }

    static AccountUpkeep start(
            SeenDevices seen, Stores stores, Journal journal, InstantSource clock) {
        var upkeep = new AccountUpkeep(seen, stores, journal, clock);
        upkeep.thread.start();
        return upkeep;
    }

    private void run() {
        try {
            while (!stop.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                round();
            }
            seen.flush();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (StorageException closed) {
            LOG.log(Level.WARNING, "The last sights of devices were not written", closed);
        }
    }

    private void round() {
        try {
            seen.flush();
            long before = clock.millis() - EXPIRED_KEPT.toMillis();
            journal.write(tx -> stores.tokens().removeExpired(tx, before, REMOVED_MAX));
        } catch (StorageException failed) {
            LOG.log(Level.WARNING, "The upkeep of accounts failed and will be tried again", failed);
        }
    }

    /// Writes what was noted and stops. To be closed before the database.
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(CLOSE_MAX)) {
                LOG.log(Level.WARNING, "The upkeep of accounts did not stop in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
