package chat.hearth.http;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;

/// The body of one request, read whole into memory under a limit of size and time.
final class RequestBody {
    private static final byte[] NONE = {};

    /// A body up to this length is read into an array of its declared length; of a longer one the
    /// client has to send something before memory is set aside for it.
    private static final int TRUSTED_LENGTH_BYTES = 16 * 1024;

    private final ServerRequest request;
    private final int bytesMax;
    private final Duration deadline;
    private final PeerWatchdog watchdog;

    RequestBody(ServerRequest request, int bytesMax, Duration deadline, PeerWatchdog watchdog) {
        this.request = request;
        this.bytesMax = bytesMax;
        this.deadline = deadline;
        this.watchdog = watchdog;
    }

    /// All bytes of the body; may be called once.
    ///
    /// @throws MatrixException 413 or 415 when the body is not one that is taken here
    byte[] read() {
        if (!request.content().hasEntity()) {
            return NONE;
        }
        refuseOtherForms(request.headers());
        long declared = request.headers().contentLength().orElse(-1);
        if (declared > bytesMax) {
            throw tooLarge();
        }
        try (PeerWatchdog.Transfer _ = watchdog.begin(deadline)) {
            return read(request.content().inputStream(), (int) declared);
        } catch (RequestException refused) {
            throw refusal(refused);
        } catch (MatrixException refused) {
            throw refused;
        } catch (IOException | RuntimeException gone) {
            throw new CloseConnectionException("The body did not arrive", gone);
        }
    }

    private byte[] read(InputStream in, int declared) throws IOException {
        if (declared < 0 || declared > TRUSTED_LENGTH_BYTES) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw tooLarge();
            }
            return bytes;
        }
        var bytes = new byte[declared];
        if (in.readNBytes(bytes, 0, declared) < declared) {
            throw new IOException("Body shorter than declared");
        }
        // lets the server see the end of the body, so that it need not be drained
        if (in.read() >= 0) {
            throw new IOException("Body longer than declared");
        }
        return bytes;
    }

    private void refuseOtherForms(ServerRequestHeaders headers) {
        String encoding = headers.first(HeaderNames.CONTENT_ENCODING).orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw unsupported("Content-Encoding is not supported");
        }
        String type = headers.first(HeaderNames.CONTENT_TYPE).orElse("");
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw unsupported("Multipart bodies are not supported");
        }
    }

    private MatrixException tooLarge() {
        return new MatrixException(
                ErrCode.M_TOO_LARGE, 413, "The body is larger than " + bytesMax + " bytes");
    }

    private static MatrixException unsupported(String message) {
        return new MatrixException(ErrCode.M_UNKNOWN, 415, message);
    }

    /// What the server itself found wrong while it read, such as a bad chunk.
    private MatrixException refusal(RequestException refused) {
        int status = refused.status().code();
        return status == 413
                ? tooLarge()
                : new MatrixException(ErrCode.M_UNKNOWN, status, "The body is malformed");
    }
}
