package chat.hearth.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// What to do with a body that the endpoint did not read, because the request was refused before.
///
/// A short one is read and dropped, so that the connection can go on. After a longer one the
/// connection is closed, but what the client already sent is still read for a moment: closing at
/// once would reset the connection and take the response with it.
final class UnreadBody {
    private static final long KEEP_ALIVE_BYTES_MAX = 64 * 1024;
    private static final int DRAIN_BYTES_MAX = 4 << 20;
    private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(2);

    private final PeerWatchdog watchdog;

    UnreadBody(PeerWatchdog watchdog) {
        this.watchdog = watchdog;
    }

    /// Whether the connection has to be closed after the response: because of the body, or because
    /// the client asked for it. Helidon says that it closes then, but leaves the socket open.
    boolean mustClose(ServerRequest request) {
        ServerRequestHeaders headers = request.headers();
        if (headers.contains(HeaderNames.CONNECTION)
                && headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
            return true;
        }
        if (isRead(request)) {
            return false;
        }
        long declared = headers.contentLength().orElse(Long.MAX_VALUE);
        return declared > KEEP_ALIVE_BYTES_MAX || awaitsContinue(request);
    }

    /// Deals with the body once the response is sent.
    void settle(ServerRequest request, boolean close) {
        if (!isRead(request) && !awaitsContinue(request)) {
            drain(request, close);
        }
        if (close) {
            throw new CloseConnectionException("The connection ends with this response");
        }
    }

    private static boolean isRead(ServerRequest request) {
        return !request.content().hasEntity() || request.content().consumed();
    }

    /// A client that was told to wait sends no body after its request was refused.
    private static boolean awaitsContinue(ServerRequest request) {
        return request.headers().contains(HeaderNames.EXPECT) && !request.continueSent();
    }

    private void drain(ServerRequest request, boolean close) {
        try (PeerWatchdog.Transfer _ = watchdog.begin(DRAIN_DEADLINE);
                InputStream in = request.content().inputStream()) {
            in.skipNBytes(close ? DRAIN_BYTES_MAX : KEEP_ALIVE_BYTES_MAX + 1);
        } catch (EOFException _) {
            return;
        } catch (IOException | RuntimeException gone) {
            throw new CloseConnectionException("The body did not arrive", gone);
        }
    }
}
