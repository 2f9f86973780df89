package chat.hearth.homeserver.logging;

import java.util.logging.LogRecord;

/// One JSON object per record with `time`, `level`, `logger`, `thread`, `message` and, of a
/// failure, `exception`.
final class JsonLines extends RecordText {
    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(240);
        line.append("{\"time\":\"").append(record.getInstant()).append('"');
        append(line, "level", levelOf(record));
        append(line, "logger", loggerOf(record));
        append(line, "thread", Long.toString(record.getLongThreadID()));
        append(line, "message", formatMessage(record));
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            append(line, "exception", trace(thrown));
        }
        return line.append("}\n").toString();
    }

    private static void append(StringBuilder line, String name, String value) {
        line.append(",\"").append(name).append("\":\"");
        appendEscaped(line, value, true);
        line.append('"');
    }
}
