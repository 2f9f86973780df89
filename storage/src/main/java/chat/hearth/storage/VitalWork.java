package chat.hearth.storage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Runs the work that a server cannot do without.
///
/// A thread that ended without a word, or code that met an [Error], leaves a server that looks well
/// and no longer does a part of its work. So both are logged, and the server gives up: it writes
/// nothing more, and its process ends. Thread safe.
public final class VitalWork {
    private static final Logger LOG = System.getLogger(VitalWork.class.getName());

    private final Consumer<String> giveUp;

    /// Work of a server.
    ///
    /// @param giveUp ends the server; gets a sentence for operators
    public VitalWork(Consumer<String> giveUp) {
        this.giveUp = giveUp;
    }

    /// The whole work of a thread: whatever it throws means that it failed.
    ///
    /// @param part names the work, as a sentence begins
    public Runnable thread(String part, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                failed(part, e);
            }
        };
    }

    /// Does a piece of work that may fail by an exception, which is passed on. So is an error,
    /// after the server gave up.
    ///
    /// @param part names the work, as a sentence begins
    public void run(String part, Runnable work) {
        try {
            work.run();
        } catch (Error e) {
            failed(part, e);
            throw e;
        }
    }

    /// As [#run], with a result.
    public <T> T call(String part, Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (Error e) {
            failed(part, e);
            throw e;
        }
    }

    private void failed(String part, Throwable cause) {
        LOG.log(Level.ERROR, part + " failed", cause);
        giveUp.accept(part + " failed");
    }
}
