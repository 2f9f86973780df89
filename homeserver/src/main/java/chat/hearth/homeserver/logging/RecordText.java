package chat.hearth.homeserver.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// What both formats say of a record.
abstract sealed class RecordText extends Formatter permits TextLines, JsonLines {
    /// Our word for the level.
    static String levelOf(LogRecord record) {
        int value = record.getLevel().intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (value >= Level.WARNING.intValue()) {
            return "warning";
        }
        if (value >= Level.INFO.intValue()) {
            return "info";
        }
        return value >= Level.FINE.intValue() ? "debug" : "trace";
    }

    /// Who logs, or `unknown`.
    static String loggerOf(LogRecord record) {
        String name = record.getLoggerName();
        return name == null ? "unknown" : name;
    }

    /// The stack trace of `thrown`, lines separated by `\n`.
    static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString().replace("\r", "").strip();
    }

    /// Appends `text` with control characters escaped as in JSON, so that it stays on one line and
    /// nobody can forge a record or steer a terminal by what they send us.
    static void appendEscaped(StringBuilder line, String text, boolean quotes) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line.append("\\n");
            } else if (c == '\t') {
                line.append("\\t");
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else if (quotes && (c == '"' || c == '\\')) {
                line.append('\\').append(c);
            } else {
                line.append(c);
            }
        }
    }
}
