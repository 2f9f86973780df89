package chat.hearth.homeserver.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.config.LoggingConfig;
import chat.hearth.http.HttpServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The process's logging does what its configuration says.
final class LogSetupTest {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");
    private static final Logger ACCESS = Logger.getLogger(HttpServer.ACCESS_LOG);

    private Handler[] handlers = {};
    private Level level = Level.INFO;

    @BeforeEach
    void remember() {
        handlers = ROOT.getHandlers();
        level = ROOT.getLevel();
    }

    @AfterEach
    void restore() {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        for (Handler handler : handlers) {
            ROOT.addHandler(handler);
        }
        ROOT.setLevel(level);
        ACCESS.setLevel(null);
        Logger.getLogger("io.helidon").setLevel(null);
        Logger.getLogger("org.flywaydb").setLevel(null);
        Logger.getLogger("com.zaxxer.hikari.pool.ProxyConnection").setLevel(null);
        DRIVER.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource(LoggingConfig.Level.class)
    void theValuesInStatementsAreNeverWrittenDown(LoggingConfig.Level least) {
        var out = new ByteArrayOutputStream();
        LogSetup.install(new LoggingConfig(LoggingConfig.Format.TEXT, least, true), out);
        Logger part = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
        part.finest(" FE=> Bind(stmt=null,portal=null,$1=<('secret')>)");
        part.severe("the connection is lost");
        String written = out.toString(StandardCharsets.UTF_8);
        assertFalse(written.contains("secret"), written);
        assertTrue(written.contains("the connection is lost"), written);
    }

    @ParameterizedTest
    @CsvSource({
        "INFO,    true,  true,  true",
        "INFO,    false, false, true",
        "TRACE,   false, false, true",
        "WARNING, true,  false, false"
    })
    void requestsAreWrittenDownWhereTheyAreWanted(
            LoggingConfig.Level least, boolean access, boolean request, boolean other) {
        var out = new ByteArrayOutputStream();
        LogSetup.install(new LoggingConfig(LoggingConfig.Format.TEXT, least, access), out);
        System.getLogger(HttpServer.ACCESS_LOG).log(System.Logger.Level.INFO, "a request");
        System.getLogger("chat.hearth.Other").log(System.Logger.Level.INFO, "something else");
        String written = out.toString(StandardCharsets.UTF_8);
        assertEquals(request, written.contains("a request"), written);
        assertEquals(other, written.contains("something else"), written);
    }

    @ParameterizedTest
    @CsvSource({"WARNING, false", "INFO, false", "TRACE, true"})
    void brokenConnectionsAreWrittenDownOnlyForWhoSearches(
            LoggingConfig.Level least, boolean written) {
        var out = new ByteArrayOutputStream();
        LogSetup.install(new LoggingConfig(LoggingConfig.Format.TEXT, least, true), out);
        Logger.getLogger("com.zaxxer.hikari.pool.ProxyConnection").warning("broken");
        assertEquals(written, out.toString(StandardCharsets.UTF_8).contains("broken"));
    }
}
