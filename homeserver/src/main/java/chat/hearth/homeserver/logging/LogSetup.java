package chat.hearth.homeserver.logging;

import chat.hearth.homeserver.config.LoggingConfig;
import chat.hearth.http.HttpServer;
import java.io.OutputStream;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Puts our way of writing into the JDK's logging, which the libraries use too. The JDK has one
/// logging per process: so the process's entry point calls this, and never a homeserver itself.
public final class LogSetup {
    /// Loggers live only as long as somebody holds them, and their level with them.
    private static final Logger ROOT = Logger.getLogger("");

    /// Libraries whose daily business is of no interest to an operator.
    private static final List<Logger> CHATTY =
            List.of(Logger.getLogger("io.helidon"), Logger.getLogger("org.flywaydb"));

    /// The driver writes the values of every statement down where it may: what people wrote, and
    /// what they typed in wrong places.
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    /// It writes a stack down for each connection that was in use when the database went away; that
    /// it did is said once, by the storage.
    private static final Logger BROKEN_CONNECTIONS =
            Logger.getLogger("com.zaxxer.hikari.pool.ProxyConnection");

    private static final Logger ACCESS = Logger.getLogger(HttpServer.ACCESS_LOG);

    private LogSetup() {}

    /// Writes to standard error as `config` says, and nothing else anywhere else.
    public static void install(LoggingConfig config) {
        install(config, System.err);
    }

    /// Writes warnings and errors to standard error, and nothing else: for commands that end with
    /// an answer to the person who typed them.
    public static void installForCommand() {
        install(new LoggingConfig(LoggingConfig.Format.TEXT, LoggingConfig.Level.WARNING, false));
    }

    static void install(LoggingConfig config, OutputStream out) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.addHandler(new LineHandler(formatter(config.format()), out));
        ROOT.setLevel(level(config.level()));
        boolean curious = level(config.level()).intValue() < Level.INFO.intValue();
        CHATTY.forEach(logger -> logger.setLevel(curious ? null : Level.WARNING));
        DRIVER.setLevel(curious ? Level.INFO : null);
        BROKEN_CONNECTIONS.setLevel(curious ? null : Level.SEVERE);
        ACCESS.setLevel(config.access() ? null : Level.WARNING);
    }

    private static Formatter formatter(LoggingConfig.Format format) {
        return switch (format) {
            case TEXT -> new TextLines();
            case JSON -> new JsonLines();
        };
    }

    private static Level level(LoggingConfig.Level level) {
        return switch (level) {
            case ERROR -> Level.SEVERE;
            case WARNING -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
            case TRACE -> Level.ALL;
        };
    }
}
