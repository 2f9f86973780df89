package chat.hearth.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ends connections that rest too long and transfers with peers that are too slow, by closing their
/// sockets; the server's sockets have no deadline of their own. Nothing but the socket ever learns
/// of it: an interrupt that comes late would hit what its thread does next.
final class PeerWatchdog implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final Set<Transfer> transfers = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    private PeerWatchdog(VitalThreads threads) {
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("http-peer-watchdog")
                        .unstarted(threads.watched("The watchdog of connections", this::watch));
    }

    /// @param threads sees to the watchdog's thread
    static PeerWatchdog start(VitalThreads threads) {
        var watchdog = new PeerWatchdog(threads);
        watchdog.thread.start();
        return watchdog;
    }

    /// Begins a transfer that has to be closed within `limit`.
    ///
    /// @param end ends the connection; runs at most once, on the watchdog's thread, and not after
    ///   the transfer was closed
    Transfer begin(Duration limit, Runnable end) {
        var transfer = new Transfer(System.nanoTime() + limit.toNanos(), end);
        transfers.add(transfer);
        return transfer;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                long now = System.nanoTime();
                for (Transfer transfer : transfers) {
                    transfer.endIfLate(now);
                }
            }
        } catch (InterruptedException _) {
            transfers.clear();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /// A transfer that is under way.
    final class Transfer implements AutoCloseable {
        private final Runnable end;
        private long deadlineNanos;
        private boolean over;

        private Transfer(long deadlineNanos, Runnable end) {
            this.deadlineNanos = deadlineNanos;
            this.end = end;
        }

        private synchronized void endIfLate(long now) {
            if (!over && now - deadlineNanos > 0) {
                over = true;
                end.run();
            }
        }

        /// Allows more time, as something has arrived.
        synchronized void extend(long nanos) {
            deadlineNanos += nanos;
        }

        /// After this the connection is not ended any more.
        @Override
        public void close() {
            synchronized (this) {
                over = true;
            }
            transfers.remove(this);
        }
    }
}
