package chat.hearth.homeserver.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.time.Instant;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogLinesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void aRecordIsOneLineOfText() {
        assertEquals(
                "2026-11-22T12:00:00Z warning chat.hearth.Test 2 rooms\n",
                new TextLines().format(record(Level.WARNING, "{0} rooms", 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nforged line", "a\r\nb", "\u001b[31mred", "a\u2028b", "\u0000"})
    void nothingLoggedCanForgeALineOrSteerATerminal(String hostile) {
        for (Formatter formatter : new Formatter[] {new TextLines(), new JsonLines()}) {
            String line = formatter.format(record(Level.INFO, hostile));
            assertEquals(line.length() - 1, line.indexOf('\n'), line);
            assertTrue(line.strip().chars().noneMatch(Character::isISOControl), line);
        }
    }

    @Test
    void aFailureStaysOnItsLineWithItsTrace() {
        LogRecord record = record(Level.SEVERE, "failed");
        record.setThrown(new IllegalStateException("why", new RuntimeException("deeper")));
        for (Formatter formatter : new Formatter[] {new TextLines(), new JsonLines()}) {
            String line = formatter.format(record);
            assertEquals(line.length() - 1, line.indexOf('\n'), line);
            assertTrue(line.contains("IllegalStateException: why"), line);
            assertTrue(line.contains("Caused by: java.lang.RuntimeException: deeper"), line);
        }
    }

    @Test
    void jsonLinesAreJson() {
        String line = new JsonLines().format(record(Level.FINE, "a \"quoted\" \\ text\n\u0001"));
        JsonObject parsed = JsonReader.readObject(line.strip());
        assertEquals("debug", parsed.string("level").orElseThrow());
        assertEquals("a \"quoted\" \\ text\n\u0001", parsed.string("message").orElseThrow());
    }

    private static LogRecord record(Level level, String message, Object... parameters) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("chat.hearth.Test");
        record.setInstant(NOON);
        record.setParameters(parameters);
        return record;
    }
}
