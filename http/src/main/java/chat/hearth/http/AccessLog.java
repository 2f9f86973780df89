package chat.hearth.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One line for each request: what was asked, by whom, and how it went. Never a query, a header or
/// a body, since these hold tokens and messages; of a path only what [UnservedPath] leaves, where
/// nothing serves it.
final class AccessLog {
    private static final String NOBODY = "-";

    private final Logger log;

    AccessLog(Logger log) {
        this.log = log;
    }

    void answered(
            String operation,
            @Nullable String unserved,
            int status,
            long bytes,
            long nanos,
            @Nullable Requester requester) {
        if (!log.isLoggable(Level.INFO)) {
            return;
        }
        log.log(
                Level.INFO,
                "operation=\""
                        + operation
                        + (unserved == null ? "" : " " + unserved)
                        + "\" status="
                        + status
                        + " bytes="
                        + bytes
                        + " micros="
                        + TimeUnit.NANOSECONDS.toMicros(nanos)
                        + " user="
                        + (requester == null ? NOBODY : requester.userId().value()));
    }
}
