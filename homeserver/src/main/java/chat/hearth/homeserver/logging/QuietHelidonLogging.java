package chat.hearth.homeserver.logging;

import io.helidon.logging.common.spi.LoggingProvider;

/// Tells Helidon that logging is taken care of: it would print a line about it otherwise.
public final class QuietHelidonLogging implements LoggingProvider {
    /// For the service loader.
    public QuietHelidonLogging() {}

    @Override
    public void initialization() {}

    @Override
    public void runTime() {}
}
