package chat.hearth.http;

import chat.hearth.http.json.RecordJson;
import chat.hearth.protocol.json.JsonWriter;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// Sends responses.
final class ResponseWriter {
    /// Bodies up to this length go out in one write with their headers.
    private static final int SINGLE_WRITE_BYTES = 32 * 1024;

    private static final String JSON = "application/json";
    private static final Header JSON_TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, JSON);

    private final RecordJson records;
    private final boolean browsers;

    ResponseWriter(RecordJson records, boolean browsers) {
        this.records = records;
        this.browsers = browsers;
    }

    /// `response` with a body that needs no more work, so that no error can come up while it is
    /// sent.
    Response rendered(Response response) {
        return switch (response.body()) {
            case ResponseBody.Bytes _,
                    ResponseBody.Spliced _,
                    ResponseBody.Streamed _,
                    ResponseBody.Sent _ ->
                    response;
            case ResponseBody.Tree tree ->
                    response.withBody(new ResponseBody.Bytes(JsonWriter.bytes(tree.value())));
            case ResponseBody.Bound bound ->
                    response.withBody(new ResponseBody.Bytes(records.write(bound.value())));
        };
    }

    /// Writes the body of a streamed response. A short one is left for [#send], a long one is sent
    /// at once.
    ///
    /// @throws IOException when the body could not be written and nothing was sent yet
    /// @throws StreamCutException when part of it was sent; there is no other way than to close the
    ///   connection
    Response streamed(
            Response response,
            ServerResponse http,
            Connection connection,
            boolean bodiless,
            boolean close)
            throws IOException, InterruptedException {
        if (!(response.body() instanceof ResponseBody.Streamed(BodyStream stream))) {
            return response;
        }
        StreamedOutput out =
                bodiless
                        ? StreamedOutput.counting()
                        : new StreamedOutput(() -> begin(response, http, connection, close));
        try {
            stream.writeTo(out);
            if (!out.hasBegun() && !bodiless) {
                return response.withBody(new ResponseBody.Bytes(out.heldBytes()));
            }
            long length = out.finish();
            if (!bodiless && http instanceof RoutingResponse routed) {
                routed.commit();
            }
            return response.withBody(new ResponseBody.Sent(length));
        } catch (IOException
                | InterruptedException
                | RuntimeException
                | StackOverflowError
                | LinkageError
                | AssertionError failed) {
            if (out.hasBegun()) {
                throw new StreamCutException(failed, out.isBroken(), out.sentBytes());
            }
            throw failed;
        }
    }

    private OutputStream begin(
            Response response, ServerResponse http, Connection connection, boolean close) {
        writeHead(response, http, close);
        return connection.head().http10()
                ? new CloseDelimitedOutput(connection, http.status(), http.headers())
                : http.outputStream();
    }

    /// Sends a rendered response and answers the length of its body.
    ///
    /// @param bodiless whether only the headers go out, as for `HEAD`
    /// @param close whether the connection is closed afterwards
    long send(Response response, ServerResponse http, boolean bodiless, boolean close) {
        if (response.body() instanceof ResponseBody.Sent(long length) && !bodiless) {
            return length;
        }
        writeHead(response, http, close);
        if (bodiless) {
            long length = length(response.body());
            http.headers().set(HeaderNames.CONTENT_LENGTH, Long.toString(length));
            http.send();
            return 0;
        }
        switch (response.body()) {
            case ResponseBody.Bytes plain -> http.send(plain.bytes());
            case ResponseBody.Spliced(ByteSegments segments)
                    when segments.length() <= SINGLE_WRITE_BYTES ->
                    http.send(segments.toBytes());
            case ResponseBody.Spliced(ByteSegments segments) -> stream(segments, http);
            case ResponseBody.Tree _,
                    ResponseBody.Bound _,
                    ResponseBody.Streamed _,
                    ResponseBody.Sent _ ->
                    throw new IllegalStateException("The response is not rendered");
        }
        return length(response.body());
    }

    private void stream(ByteSegments segments, ServerResponse http) {
        http.headers().set(HeaderNames.CONTENT_LENGTH, Long.toString(segments.length()));
        try (OutputStream out = new BufferedOutputStream(http.outputStream(), SINGLE_WRITE_BYTES)) {
            segments.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /// The length of a rendered body; what is streamed has none yet, and is taken for the longest.
    static long length(ResponseBody body) {
        return switch (body) {
            case ResponseBody.Bytes plain -> plain.bytes().length;
            case ResponseBody.Spliced(ByteSegments segments) -> segments.length();
            case ResponseBody.Sent(long length) -> length;
            case ResponseBody.Tree _, ResponseBody.Bound _, ResponseBody.Streamed _ ->
                    Long.MAX_VALUE;
        };
    }
}
