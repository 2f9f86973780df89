package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
final class PeerWatchdogTest {
    @Test
    void aConnectionIsEndedOnce() throws InterruptedException {
        try (PeerWatchdog watchdog = PeerWatchdog.start(VitalThreads.UNWATCHED)) {
            var ended = new AtomicInteger();
            var _ = watchdog.begin(Duration.ZERO, ended::incrementAndGet);
            awaitLooks(watchdog);
            assertEquals(1, ended.get());
        }
    }

    @Test
    void aTransferThatWasClosedIsLeftAlone() throws InterruptedException {
        try (PeerWatchdog watchdog = PeerWatchdog.start(VitalThreads.UNWATCHED)) {
            var ended = new AtomicInteger();
            PeerWatchdog.Transfer transfer =
                    watchdog.begin(Duration.ofHours(1), ended::incrementAndGet);
            transfer.close();
            transfer.extend(-Duration.ofHours(2).toNanos());
            awaitLooks(watchdog);
            assertEquals(0, ended.get());
        }
    }

    /// By the third, the watchdog has looked at all transfers once more since the first.
    private static void awaitLooks(PeerWatchdog watchdog) throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            var seen = new CountDownLatch(1);
            var _ = watchdog.begin(Duration.ZERO, seen::countDown);
            seen.await();
        }
    }
}
