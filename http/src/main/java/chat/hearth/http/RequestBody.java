package chat.hearth.http;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The body of one request: read whole into memory under a limit of size and time, or, when the
/// request was refused before, got rid of.
///
/// Only what saw the end of a body may leave its connection open. Helidon counts a body as consumed
/// once somebody began to read it, and would take the rest of it for the next request.
final class RequestBody {
    private static final byte[] NONE = {};

    /// A body up to this length is read into an array of its declared length; of a longer one the
    /// client has to send something before memory is set aside for it.
    private static final int TRUSTED_LENGTH_BYTES = 16 * 1024;

    /// An unread body up to this length is read and dropped, so that its connection can go on.
    private static final long KEEP_ALIVE_BYTES_MAX = 64 * 1024;

    /// Of an unread body this much is still read before its connection is closed: closing at once
    /// would reset the connection and take the response with it.
    private static final int DRAIN_BYTES_MAX = 4 << 20;

    private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(2);

    private final ServerRequest request;
    private final PeerWatchdog watchdog;
    private @Nullable InputStream stream;
    private boolean ended;

    RequestBody(ServerRequest request, PeerWatchdog watchdog) {
        this.request = request;
        this.watchdog = watchdog;
        this.ended = !request.content().hasEntity();
    }

    /// All bytes of the body; may be called once.
    ///
    /// @throws MatrixException 413 or 415 when the body is not one that is taken here
    byte[] read(int bytesMax, Duration deadline) {
        if (ended) {
            return NONE;
        }
        refuseOtherForms(request.headers());
        long declared = request.headers().contentLength().orElse(-1);
        if (declared > bytesMax) {
            throw tooLarge(bytesMax);
        }
        try (PeerWatchdog.Transfer _ = watchdog.begin(deadline)) {
            byte[] bytes = read((int) declared, bytesMax);
            ended = true;
            return bytes;
        } catch (MatrixException refused) {
            throw refused;
        } catch (RequestException refused) {
            throw refused.status().code() == 413 ? tooLarge(bytesMax) : malformed();
        } catch (IllegalArgumentException _) {
            throw malformed();
        } catch (IOException | RuntimeException gone) {
            throw new CloseConnectionException("The body did not arrive", gone);
        }
    }

    private byte[] read(int declared, int bytesMax) throws IOException {
        InputStream in = stream();
        if (declared < 0 || declared > TRUSTED_LENGTH_BYTES) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw tooLarge(bytesMax);
            }
            return bytes;
        }
        var bytes = new byte[declared];
        if (in.readNBytes(bytes, 0, declared) < declared || in.read() >= 0) {
            throw new IOException("The body has another length than declared");
        }
        return bytes;
    }

    private InputStream stream() {
        InputStream known = stream;
        if (known == null) {
            known = request.content().inputStream();
            stream = known;
        }
        return known;
    }

    private static void refuseOtherForms(ServerRequestHeaders headers) {
        String encoding = headers.first(HeaderNames.CONTENT_ENCODING).orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw unsupported("Content-Encoding is not supported");
        }
        String type = headers.first(HeaderNames.CONTENT_TYPE).orElse("");
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw unsupported("Multipart bodies are not supported");
        }
    }

    private static MatrixException tooLarge(int bytesMax) {
        return new MatrixException(
                ErrCode.M_TOO_LARGE, 413, "The body is larger than " + bytesMax + " bytes");
    }

    private static MatrixException malformed() {
        return new MatrixException(ErrCode.M_UNKNOWN, 400, "The body is malformed");
    }

    private static MatrixException unsupported(String message) {
        return new MatrixException(ErrCode.M_UNKNOWN, 415, message);
    }

    /// Whether the connection has to be closed after the response: because of the body, or because
    /// the client asked for it. Helidon says that it closes then, but leaves the socket open.
    boolean mustClose() {
        ServerRequestHeaders headers = request.headers();
        if (headers.contains(HeaderNames.CONNECTION)
                && headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
            return true;
        }
        return !ended
                && (stream != null
                        || headers.contentLength().orElse(Long.MAX_VALUE) > KEEP_ALIVE_BYTES_MAX
                        || awaitsContinue());
    }

    /// A client that was told to wait sends no body after its request was refused.
    private boolean awaitsContinue() {
        return request.headers().contains(HeaderNames.EXPECT) && !request.continueSent();
    }

    /// Deals with what is left of the body once the response is sent.
    ///
    /// @param close what [#mustClose] said before the response was sent
    void settle(boolean close) {
        if (!ended && !awaitsContinue()) {
            drain();
        }
        if (close) {
            throw new CloseConnectionException("The connection ends with this response");
        }
    }

    private void drain() {
        try (PeerWatchdog.Transfer _ = watchdog.begin(DRAIN_DEADLINE)) {
            stream().skipNBytes(DRAIN_BYTES_MAX);
        } catch (EOFException _) {
            ended = true;
        } catch (IOException | RuntimeException gone) {
            throw new CloseConnectionException("The body did not arrive", gone);
        }
    }
}
