package chat.hearth.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ends connections that rest too long and transfers with peers that are too slow: it interrupts
/// the thread that waits for them, which closes the connection. The server's sockets have no
/// deadline of their own.
final class PeerWatchdog implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final Set<Transfer> transfers = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    private PeerWatchdog() {
        thread = Thread.ofPlatform().daemon().name("http-peer-watchdog").unstarted(this::watch);
    }

    static PeerWatchdog start() {
        var watchdog = new PeerWatchdog();
        watchdog.thread.start();
        return watchdog;
    }

    /// Begins a transfer on the current thread that has to be closed within `limit`.
    Transfer begin(Duration limit) {
        var transfer = new Transfer(Thread.currentThread(), System.nanoTime() + limit.toNanos());
        transfers.add(transfer);
        return transfer;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                long now = System.nanoTime();
                for (Transfer transfer : transfers) {
                    transfer.interruptIfLate(now);
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
        private final Thread worker;
        private final long deadlineNanos;
        private boolean over;

        private Transfer(Thread worker, long deadlineNanos) {
            this.worker = worker;
            this.deadlineNanos = deadlineNanos;
        }

        private synchronized void interruptIfLate(long now) {
            if (!over && now - deadlineNanos > 0) {
                worker.interrupt();
            }
        }

        /// After this the thread is not interrupted any more.
        @Override
        public void close() {
            synchronized (this) {
                over = true;
            }
            transfers.remove(this);
        }
    }
}
