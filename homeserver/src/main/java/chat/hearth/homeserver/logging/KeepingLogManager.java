package chat.hearth.homeserver.logging;

import java.util.logging.LogManager;

/// The JDK's log manager drops all handlers in a shutdown hook of its own, while ours still closes
/// the server: this one keeps them to the end. The JDK takes it when the property
/// `java.util.logging.manager` names it before anything logs.
public final class KeepingLogManager extends LogManager {
    /// For the JDK, which makes it by reflection.
    public KeepingLogManager() {}

    @Override
    public void reset() {}
}
