package chat.hearth.homeserver;

import chat.hearth.rooms.RoomEngine;
import chat.hearth.storage.DatabaseUnavailableException;
import chat.hearth.storage.ReadPriority;
import chat.hearth.storage.ReadScopes;
import chat.hearth.storage.VitalWork;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The small chores that a server does from time to time. A chore that fails is logged and done
/// again at its next turn; one that meets an error ends the server.
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class.getName());
    private static final int STOP_SECONDS_MAX = 5;

    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("hearth-housekeeping").factory());

    private final ReadScopes scopes;
    private final VitalWork vital;

    Housekeeping(RoomEngine engine, ReadScopes scopes, VitalWork vital) {
        this.scopes = scopes;
        this.vital = vital;
        every(1, engine.typing()::expire);
        every(60, engine.feed()::forgetIdle);
    }

    /// Does `chore` every so many seconds from now on.
    void every(int seconds, Runnable chore) {
        every(seconds, seconds, chore);
    }

    /// Does `chore` after `first` seconds, and every so many seconds from then on.
    void every(int first, int seconds, Runnable chore) {
        var _ =
                clockwork.scheduleWithFixedDelay(
                        () -> attempt(chore), first, seconds, TimeUnit.SECONDS);
    }

    private void attempt(Runnable chore) {
        try {
            vital.run(
                    "A background task", () -> scopes.runForServer(ReadPriority.BACKGROUND, chore));
        } catch (DatabaseUnavailableException e) {
            LOG.log(Level.WARNING, "A background task is postponed: {0}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A background task failed", e);
        }
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
        try {
            if (!clockwork.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warning("A background task did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
