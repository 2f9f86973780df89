package chat.hearth.homeserver.cli;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Ends the process as an operator expects when it is told to stop: the server closed, exit code 0.
///
/// The JVM answers a signal with its own exit code (143) after its hooks; so the hook that closes
/// the server also ends the process, once the server is closed.
final class CleanStop {
    /// Service managers wait 10 s before they kill; past this the process ends as it is.
    private static final Duration CLOSE_MAX = Duration.ofSeconds(9);

    private static final Logger LOG = System.getLogger(CleanStop.class.getName());
    private static final int EXIT_FAILED = 1;

    private CleanStop() {}

    /// Closes `server` and ends the process with 0 when a signal says so, or with 1 when the server
    /// does not close in time.
    static void onSignal(ServerControl.Running server) {
        Thread hook = new Thread(() -> Runtime.getRuntime().halt(close(server)), "hearth-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static int close(ServerControl.Running server) {
        LOG.log(Level.INFO, "Stopping");
        Thread closing = Thread.ofPlatform().name("hearth-close").start(server::close);
        try {
            if (closing.join(CLOSE_MAX)) {
                LOG.log(Level.INFO, "Stopped");
                return 0;
            }
            LOG.log(
                    Level.ERROR,
                    "The shutdown took longer than {0}; the process exits anyway",
                    CLOSE_MAX);
        } catch (InterruptedException nobodyInterruptsAHook) {
            LOG.log(Level.ERROR, "The shutdown was interrupted", nobodyInterruptsAHook);
        }
        return EXIT_FAILED;
    }
}
