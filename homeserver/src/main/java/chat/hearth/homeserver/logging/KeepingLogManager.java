package chat.hearth.homeserver.logging;

import java.util.logging.LogManager;

/// The JDK's log manager drops all handlers in a shutdown hook of its own, while ours still closes
/// the server: this one keeps them to the end.
public final class KeepingLogManager extends LogManager {
    /// For the JDK, which makes it by reflection.
    public KeepingLogManager() {}

    /// Names this log manager to the JDK. To be called before anything logs: first of all in
    /// `main`.
    public static void claim() {
        System.setProperty("java.util.logging.manager", KeepingLogManager.class.getName());
    }

    @Override
    public void reset() {}
}
