package chat.hearth.homeserver.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/// Writes each record with one write, so that lines of several threads never mix and none is held
/// back when the process dies. Safe for many threads.
final class LineHandler extends Handler {
    private final OutputStream out;

    LineHandler(Formatter formatter, OutputStream out) {
        this.out = out;
        setFormatter(formatter);
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        byte[] line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
        try {
            out.write(line, 0, line.length);
        } catch (IOException gone) {
            reportError(null, gone, ErrorManager.WRITE_FAILURE);
        }
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException gone) {
            reportError(null, gone, ErrorManager.FLUSH_FAILURE);
        }
    }

    /// Leaves the stream open: it is the process's.
    @Override
    public void close() {
        flush();
    }
}
