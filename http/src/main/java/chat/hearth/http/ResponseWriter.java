package chat.hearth.http;

import chat.hearth.http.json.RecordJson;
import chat.hearth.protocol.json.JsonWriter;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/// Sends responses.
final class ResponseWriter {
    /// Bodies up to this length go out in one write with their headers. A larger one might have to
    /// wait for its client, so the watchdog looks after it.
    static final int SINGLE_WRITE_BYTES = 32 * 1024;

    private static final String JSON = "application/json";
    private static final Header JSON_TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, JSON);

    private final RecordJson records;
    private final PeerWatchdog watchdog;
    private final Duration sendDeadline;
    private final boolean browsers;

    ResponseWriter(
            RecordJson records, PeerWatchdog watchdog, Duration sendDeadline, boolean browsers) {
        this.records = records;
        this.watchdog = watchdog;
        this.sendDeadline = sendDeadline;
        this.browsers = browsers;
    }

    /// `response` with a body that needs no more work, so that no error can come up while it is
    /// sent.
    Response rendered(Response response) {
        return switch (response.body()) {
            case ResponseBody.Bytes _,
                    ResponseBody.Spliced _,
                    ResponseBody.Streamed _,
                    ResponseBody.Gone _ ->
                    response;
            case ResponseBody.Tree tree ->
                    response.withBody(new ResponseBody.Bytes(JsonWriter.bytes(tree.value())));
            case ResponseBody.Bound bound ->
                    response.withBody(new ResponseBody.Bytes(records.write(bound.value())));
        };
    }

    /// Something that writes to a client.
    interface Output {
        void run() throws IOException;
    }

    /// Ends what writes to a client when it takes too long.
    interface Guard {
        void during(Output output);
    }

    /// `response` with its body written, when that is a streamed one; much of it may be sent
    /// already.
    ///
    /// @param bodiless whether only the headers go out, as for `HEAD`
    /// @param close whether the connection is closed afterwards
    Response streamed(Response response, ServerResponse http, boolean bodiless, boolean close)
            throws InterruptedException {
        if (!(response.body() instanceof ResponseBody.Streamed(StreamedBody writer))) {
            return response;
        }
        var answer =
                new StreamedAnswer(
                        http, out -> writeHead(response, out, close), this::guarded, bodiless);
        return response.withBody(answer.write(writer));
    }

    private void guarded(Output output) {
        try (PeerWatchdog.Transfer _ = watchdog.begin(sendDeadline)) {
            output.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a rendered response and answers the length of its body.
    ///
    /// @param bodiless whether only the headers go out, as for `HEAD`
    /// @param close whether the connection is closed afterwards
    long send(Response response, ServerResponse http, boolean bodiless, boolean close) {
        if (response.body() instanceof ResponseBody.Gone(long sent) && !bodiless) {
            return sent;
        }
        writeHead(response, http, close);
        if (bodiless) {
            long length = length(response.body());
            http.headers().set(HeaderNames.CONTENT_LENGTH, Long.toString(length));
            http.send();
            return 0;
        }
        switch (response.body()) {
            case ResponseBody.Bytes plain when plain.bytes().length <= SINGLE_WRITE_BYTES ->
                    http.send(plain.bytes());
            case ResponseBody.Bytes plain -> {
                try (PeerWatchdog.Transfer _ = watchdog.begin(sendDeadline)) {
                    http.send(plain.bytes());
                }
            }
            case ResponseBody.Spliced(ByteSegments segments)
                    when segments.length() <= SINGLE_WRITE_BYTES ->
                    http.send(segments.toBytes());
            case ResponseBody.Spliced(ByteSegments segments) -> stream(segments, http);
            case ResponseBody.Tree _,
                    ResponseBody.Bound _,
                    ResponseBody.Streamed _,
                    ResponseBody.Gone _ ->
                    throw new IllegalStateException("The response is not rendered");
        }
        return length(response.body());
    }

    private void stream(ByteSegments segments, ServerResponse http) {
        http.headers().set(HeaderNames.CONTENT_LENGTH, Long.toString(segments.length()));
        guarded(
                () -> {
                    try (OutputStream out =
                            new BufferedOutputStream(http.outputStream(), SINGLE_WRITE_BYTES)) {
                        segments.writeTo(out);
                    }
                });
    }

    private void writeHead(Response response, ServerResponse http, boolean close) {
        http.status(Status.create(response.status()));
        ServerResponseHeaders headers = http.headers();
        if (response.contentType().equals(JSON)) {
            headers.set(JSON_TYPE);
        } else {
            headers.set(HeaderNames.CONTENT_TYPE, response.contentType());
        }
        if (browsers) {
            CorsHeaders.addTo(headers);
        }
        for (Response.Field field : response.fields()) {
            headers.set(HeaderNames.create(field.name()), field.value());
        }
        if (close) {
            headers.set(HeaderValues.CONNECTION_CLOSE);
        }
    }

    private static long length(ResponseBody body) {
        return switch (body) {
            case ResponseBody.Bytes plain -> plain.bytes().length;
            case ResponseBody.Spliced(ByteSegments segments) -> segments.length();
            case ResponseBody.Gone(long length) -> length;
            case ResponseBody.Tree _, ResponseBody.Bound _, ResponseBody.Streamed _ -> 0;
        };
    }
}
