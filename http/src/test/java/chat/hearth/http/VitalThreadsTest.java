package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The threads that a server cannot do without are watched, each over all of its work.
@Timeout(600)
final class VitalThreadsTest {
    private final Map<String, Runnable> works = new TreeMap<>();
    private final BlockingQueue<String> failed = new LinkedBlockingQueue<>();

    private Runnable watched(String part, Runnable work) {
        works.put(part, work);
        return () -> {
            try {
                work.run();
            } catch (Error e) {
                failed.add(part);
            }
        };
    }

    @Test
    void theyAreThoseThatAcceptAndThatEndConnections() {
        var clients = Listener.forClients("client", Listener.LOOPBACK, 0, List.of());
        var server =
                HttpServer.start(
                        HttpSettings.defaults(),
                        List.of(clients),
                        (_, _) -> new TokenOwner.Unknown(),
                        RequestMetrics.NONE,
                        KnownFailures.NONE,
                        this::watched);
        server.close();
        assertEquals(
                List.of("The listener client", "The watchdog of connections"),
                List.copyOf(works.keySet()));
        assertEquals(0, failed.size());
    }

    @Test
    void anErrorOfTheirsIsNotLost() throws InterruptedException {
        PeerWatchdog watchdog = PeerWatchdog.start(this::watched);
        var _ =
                watchdog.begin(
                        Duration.ZERO,
                        () -> {
                            throw new AssertionError("impossible");
                        });
        assertEquals("The watchdog of connections", failed.take());
    }
}
