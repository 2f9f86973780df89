package chat.hearth.homeserver.logging;

import java.util.logging.LogRecord;

/// `time level logger message`, for people; a stack trace follows on the same line, escaped.
final class TextLines extends RecordText {
    private static final int LEVEL_WIDTH = 7;

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(160);
        line.append(record.getInstant()).append(' ');
        String level = levelOf(record);
        line.append(level).repeat(" ", LEVEL_WIDTH + 1 - level.length());
        line.append(loggerOf(record)).append(' ');
        appendEscaped(line, formatMessage(record), false);
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            line.append(" | ");
            appendEscaped(line, trace(thrown), false);
        }
        return line.append('\n').toString();
    }
}
