package chat.hearth.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;

import org.jspecify.annotations.Nullable;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/// An answer under way whose body is written piece by piece. A short one is kept until it is whole,
/// and then sent like any other; a longer one is sent in chunks.
final class StreamedAnswer implements BodySink {
    private static final Logger LOG = System.getLogger(StreamedAnswer.class.getName());

    private final ServerResponse http;
    private final Consumer<ServerResponse> head;
    private final ResponseWriter.Guard guard;
    private final boolean bodiless;
    private ByteSegments kept = new ByteSegments();
    private long length;
    private @Nullable OutputStream out;

    /// @param head writes status and headers
    /// @param guard ends writes that take too long
    /// @param bodiless whether the body is only counted, as for `HEAD`
    StreamedAnswer(
            ServerResponse http,
            Consumer<ServerResponse> head,
            ResponseWriter.Guard guard,
            boolean bodiless) {
        this.http = http;
        this.head = head;
        this.guard = guard;
        this.bodiless = bodiless;
    }

    /// Has the body written, and answers what is left to send of it.
    ResponseBody write(StreamedBody body) throws InterruptedException {
        try {
            body.writeTo(this);
        } catch (RuntimeException | InterruptedException | Error failed) {
            if (out != null) {
                if (!(failed instanceof UncheckedIOException)) {
                    LOG.log(Level.ERROR, "An answer breaks off", failed);
                }
                throw new CloseConnectionException("The answer broke off", failed);
            }
            throw failed;
        }
        OutputStream begun = out;
        if (begun == null) {
            return bodiless ? new ResponseBody.Gone(length) : new ResponseBody.Spliced(kept);
        }
        send(begun);
        guard.during(this::end);
        return new ResponseBody.Gone(length);
    }

    /// The last chunk is otherwise sent when the handler returns, which one that closes the
    /// connection does not.
    private void end() {
        if (http instanceof RoutingResponse routed) {
            routed.commit();
        }
    }

    @Override
    public void write(byte[] bytes) {
        length += bytes.length;
        if (!bodiless) {
            kept.add(bytes);
            sendMuch();
        }
    }

    @Override
    public void write(ByteSegments segments) {
        length += segments.length();
        if (!bodiless) {
            segments.forEach(kept::add);
            sendMuch();
        }
    }

    private void sendMuch() {
        if (kept.length() <= ResponseWriter.SINGLE_WRITE_BYTES) {
            return;
        }
        OutputStream begun = out;
        if (begun == null) {
            head.accept(http);
            begun = http.outputStream();
            out = begun;
        }
        send(begun);
    }

    private void send(OutputStream begun) {
        ByteSegments ready = kept;
        kept = new ByteSegments();
        guard.during(() -> ready.writeTo(begun));
    }
}
