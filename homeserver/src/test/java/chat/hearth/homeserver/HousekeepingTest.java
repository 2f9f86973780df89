package chat.hearth.homeserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.storage.ReadScopes;
import chat.hearth.storage.VitalWork;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HousekeepingTest {
    private final BlockingQueue<String> reasons = new ArrayBlockingQueue<>(10);

    @Test
    void aChoreThatFailsIsDoneAgainAndOneThatMeetsAnErrorEndsTheServer(@TempDir Path folder)
            throws Exception {
        var again = new CountDownLatch(2);
        try (TestHearth server = TestHearth.start(folder);
                var housekeeping =
                        new Housekeeping(
                                server.engine(), new ReadScopes(), new VitalWork(reasons::add))) {
            housekeeping.every(
                    0,
                    1,
                    () -> {
                        again.countDown();
                        throw new IllegalStateException("failed");
                    });
            again.await();
            assertEquals(0, reasons.size());
            housekeeping.every(
                    0,
                    1,
                    () -> {
                        throw new AssertionError("impossible");
                    });
            assertEquals("A background task failed", reasons.take());
        }
    }
}
