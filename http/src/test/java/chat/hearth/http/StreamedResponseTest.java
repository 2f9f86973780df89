package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.MatrixException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// Answers that are written piece by piece.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class StreamedResponseTest {
    private static final int HELD = StreamedOutput.BUFFER_BYTES;

    private TestServer server;

    @BeforeAll
    void start() {
        server =
                TestServer.of(
                        Route.get(
                                        "/x",
                                        request ->
                                                Response.json(out -> writeXs(out, bytes(request))))
                                .withAccess(Access.PUBLIC),
                        Route.get(
                                        "/broken",
                                        request ->
                                                Response.json(
                                                        out -> breakAfter(out, bytes(request))))
                                .withAccess(Access.PUBLIC));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static int bytes(Request request) {
        return (int) request.queryCount("bytes").orElse(0);
    }

    private static void writeXs(OutputStream out, int bytes) throws IOException {
        int left = bytes;
        while (left > 0) {
            int count = Math.min(left, 1_000);
            out.write("x".repeat(count).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            left -= count;
        }
    }

    private static void breakAfter(OutputStream out, int bytes) throws IOException {
        writeXs(out, bytes);
        throw MatrixException.forbidden("No more");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, HELD - 1, HELD, HELD + 1, 2 * HELD, 1_000_000})
    void aStreamedBodyArrivesWhole(int bytes) throws Exception {
        HttpResponse<String> response = server.get("/x?bytes=" + bytes);
        assertEquals(200, response.statusCode());
        assertEquals("x".repeat(bytes), response.body());
        assertEquals(
                bytes <= HELD ? "" : "chunked",
                response.headers().firstValue("Transfer-Encoding").orElse(""));
        assertEquals("*", response.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
    }

    @Test
    void theConnectionGoesOnAfterwards() throws Exception {
        String get = "GET /x?bytes=100000 HTTP/1.1\r\nHost: h\r\n";
        String answer = server.raw(get + "\r\n" + get + "Connection: close\r\n\r\n");
        assertEquals(2, answer.split("HTTP/1.1 200", -1).length - 1);
        assertTrue(answer.endsWith("0\r\n\r\n"), "The last chunk was sent");
    }

    @Test
    void whatFailsBeforeAnythingWasSentIsAnError() throws Exception {
        HttpResponse<String> response = server.get("/broken?bytes=" + HELD);
        assertEquals(403, response.statusCode());
        assertEquals("M_FORBIDDEN", TestServer.errcode(response));
    }

    @Test
    void whatFailsLaterIsCutOff() throws Exception {
        String answer = server.raw("GET /broken?bytes=100000 HTTP/1.1\r\nHost: h\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer.substring(0, 20));
        assertFalse(answer.endsWith("0\r\n\r\n"), "A last chunk would make it look complete");
        assertFalse(answer.endsWith("[open]"), "The connection is closed");
    }

    @Test
    void aHeadRequestIsToldTheLengthOnly() throws Exception {
        String answer =
                server.raw("HEAD /x?bytes=100000 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        assertTrue(answer.contains("Content-Length: 100000"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }
}
