package chat.hearth.http;

import chat.hearth.http.limit.ByteBudget;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// The body of one request: read whole into memory under a limit of size and a minimum rate, after
/// the budget gave the bytes; or, when the request was refused before, got rid of.
///
/// Only what saw the end of a body may leave its connection open, or its rest would be taken for
/// the next request.
final class RequestBody {
    private static final byte[] NONE = {};

    /// So much memory is set aside at first; the client has to fill it before there is more.
    private static final int FIRST_BYTES = 16 * 1024;

    /// What a byte of a body holds at most while it is read and understood.
    private static final int BODY_WEIGHT = 4;

    /// An unread body up to this length is read and dropped, so that its connection can go on.
    private static final long KEEP_ALIVE_BYTES_MAX = 64 * 1024;

    /// Of an unread body this much is still read before its connection is closed: closing at once
    /// would reset the connection and take the response with it.
    private static final int DRAIN_BYTES_MAX = 4 << 20;

    private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(2);

    private final Connection connection;
    private final RequestHead head;
    private final ByteBudget.Lease lease;
    private final Pace pace;
    private final BodyReader reader;
    private boolean begun;
    private boolean continued;

    RequestBody(Connection connection, Pace pace) {
        this.connection = connection;
        this.head = connection.head();
        this.lease = connection.lease();
        this.reader = connection.bodyReader();
        this.pace = pace;
    }

    /// All bytes of the body; may be called once.
    ///
    /// @throws MatrixException 413 or 415 when the body is not one that is taken here, 429 or 503
    ///   when there is no memory for it
    byte[] read(ServerRequestHeaders headers, int bytesMax) {
        if (reader.ended()) {
            return NONE;
        }
        refuseOtherForms(headers);
        if (head.bodyBytes() > bytesMax) {
            throw tooLarge(bytesMax);
        }
        try {
            return readAll(bytesMax);
        } catch (BodyReader.MalformedBodyException _) {
            throw new MatrixException(ErrCode.M_UNKNOWN, 400, "The body is malformed");
        } catch (IOException gone) {
            throw new CloseConnectionException("The body did not arrive", gone);
        }
    }

    private byte[] readAll(int bytesMax) throws IOException {
        long expected = head.bodyBytes() == RequestHead.CHUNKED ? FIRST_BYTES : head.bodyBytes();
        int room = (int) Math.min(expected, FIRST_BYTES);
        lease.take((long) room * BODY_WEIGHT);
        begin();
        var bytes = new byte[room];
        int length = 0;
        try (PeerWatchdog.Transfer transfer = connection.watch(pace.patience())) {
            while (true) {
                if (length == bytes.length && !reader.ended()) {
                    bytes = grown(bytes, bytesMax);
                }
                int count = reader.read(bytes, length, bytes.length - length);
                if (count < 0) {
                    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
                }
                length += count;
                if (length > bytesMax) {
                    throw tooLarge(bytesMax);
                }
                transfer.extend(pace.nanos(count));
            }
        }
    }

    private byte[] grown(byte[] bytes, int bytesMax) {
        long wanted = bytes.length * 2L;
        if (head.bodyBytes() != RequestHead.CHUNKED) {
            wanted = Math.min(wanted, head.bodyBytes());
        }
        int length = (int) Math.min(wanted, bytesMax + 1L);
        lease.take((long) (length - bytes.length) * BODY_WEIGHT);
        return Arrays.copyOf(bytes, length);
    }

    private void begin() throws IOException {
        begun = true;
        if (head.expectsContinue() && !continued) {
            continued = true;
            connection.sendContinue();
        }
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

    private static MatrixException unsupported(String message) {
        return new MatrixException(ErrCode.M_UNKNOWN, 415, message);
    }

    /// Whether the connection has to be closed after the response: because of the body, or because
    /// the client asked for it.
    boolean mustClose() {
        if (head.closes()) {
            return true;
        }
        boolean isShort =
                head.bodyBytes() != RequestHead.CHUNKED && head.bodyBytes() <= KEEP_ALIVE_BYTES_MAX;
        return !reader.ended() && (begun || !isShort || awaitsContinue());
    }

    /// A client that was told to wait sends no body after its request was refused.
    private boolean awaitsContinue() {
        return head.expectsContinue() && !continued;
    }

    /// Deals with what is left of the body once the response is sent.
    ///
    /// @param close whether the response has said that the connection ends
    void settle(boolean close) {
        if (!reader.ended() && !awaitsContinue()) {
            if (close) {
                connection.endOutput();
            }
            drain();
        }
        if (close) {
            throw new CloseConnectionException("The connection ends with this response");
        }
    }

    private void drain() {
        var dropped = new byte[Connection.DRAIN_PIECE_BYTES];
        try (PeerWatchdog.Transfer _ = connection.watch(DRAIN_DEADLINE)) {
            for (long left = DRAIN_BYTES_MAX; left > 0; ) {
                int count = reader.read(dropped, 0, (int) Math.min(left, dropped.length));
                if (count < 0) {
                    return;
                }
                left -= count;
            }
        } catch (IOException gone) {
            throw new CloseConnectionException("The body did not arrive", gone);
        }
    }
}
