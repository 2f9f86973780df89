package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a request begins and ends, and what is refused because two readers could find it
/// elsewhere.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class RequestFramingTest {
    private static final int LONG = 100_000;
    private static final String END = "GET /ping HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    private TestServer server;

    @BeforeAll
    void start() {
        server =
                TestServer.of(
                        Route.get("/ping", _ -> Response.empty()).withAccess(Access.PUBLIC),
                        Route.get("/long", _ -> Response.json(RequestFramingTest::writeLong))
                                .withAccess(Access.PUBLIC),
                        Route.post("/echo", request -> Response.json(request.json()))
                                .withAccess(Access.PUBLIC));
    }

    private static void writeLong(OutputStream out) throws java.io.IOException {
        out.write("x".repeat(LONG).getBytes(StandardCharsets.US_ASCII));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String sent(String escaped) throws Exception {
        return server.raw(escaped.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ping HTTP/1.1\\r\\nHost: h\\r\\n: a\\r\\n\\r\\n",
                "GET /ping HTTP/1.1\\r\\nHost: h\\r\\nX-A : a\\r\\n\\r\\n",
                "GET /ping HTTP/1.1\\r\\nHost: h\\r\\n X-A: a\\r\\n\\r\\n",
                "GET /ping HTTP/1.1\\r\\nHost: h\\r\\nX-A\\r\\n\\r\\n",
                "GET /ping HTTP/1.1\\r\\nHost: h\\r\\nX(A: a\\r\\n\\r\\n",
                "GET /ping HTTP/1.1\\r\\nHost: h\\r\\nX-A: a\\nX-B: b\\r\\n\\r\\n",
                "GET /ping HTTP/1.1\\r\\nHost: h\\r\\nX-A: a\\rX-B: b\\r\\n\\r\\n",
                "GET /ping HTTP/1.1\\nHost: h\\n\\n",
                "GET /ping HTTP/1.1\\r\\nHost: h\\n\\n",
                "GET /ping HTTP/1.1\\r\\nHost: h\\r\\n\\n",
                "GET /ping HTTP/1.1\\r\\n\\r\\n",
                "GET /ping HTTP/1.1\\r\\nHost: h\\r\\nHost: h\\r\\n\\r\\n",
                "GET /ping HTTP/1.1\\r\\nHost:\\r\\n\\r\\n",
                "GET  /ping HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n",
                "GET /pi ng HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n",
                "GET /ping HTTP/1.1 \\r\\nHost: h\\r\\n\\r\\n",
                "GET\\t/ping HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n",
                "G(T /ping HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n",
                "GET /ping http/1.1\\r\\nHost: h\\r\\n\\r\\n",
                "GET /ping\\r\\nHost: h\\r\\n\\r\\n",
            })
    void aMalformedHeadIsRefused(String head) throws Exception {
        String answer = sent(head);
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(answer.contains("M_UNKNOWN"), answer);
        assertFalse(answer.endsWith("[open]"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\\r\\nContent-Length: 2",
                "Content-Length: 2\\r\\nContent-Length: 3",
                "Content-Length: +2",
                "Content-Length: -2",
                "Content-Length: 0x2",
                "Content-Length: 2, 2",
                "Content-Length:",
                "Content-Length: 99999999999999999999",
                "Content-Length: 2\\r\\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked",
            })
    void aBodyOfUnclearLengthIsRefused(String headers) throws Exception {
        String answer =
                sent("POST /echo HTTP/1.1\\r\\nHost: h\\r\\n" + headers + "\\r\\n\\r\\n{}" + END);
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertFalse(answer.contains(" 200 "), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+2\\r\\n{}\\r\\n0\\r\\n\\r\\n",
                "-2\\r\\n{}\\r\\n0\\r\\n\\r\\n",
                "0x2\\r\\n{}\\r\\n0\\r\\n\\r\\n",
                " 2\\r\\n{}\\r\\n0\\r\\n\\r\\n",
                "2 \\r\\n{}\\r\\n0\\r\\n\\r\\n",
                "\\r\\n{}\\r\\n0\\r\\n\\r\\n",
                "2\\n{}\\r\\n0\\r\\n\\r\\n",
                "000000002\\r\\n{}\\r\\n0\\r\\n\\r\\n",
                "2\\r\\n{}0\\r\\n\\r\\n",
                "1\\r\\n{}\\r\\n0\\r\\n\\r\\n",
                "2;a\\nb\\r\\n{}\\r\\n0\\r\\n\\r\\n",
                "2\\r\\n{}\\r\\n0\\r\\nX-A: a\\n\\r\\n",
            })
    void aMalformedChunkIsRefused(String body) throws Exception {
        String answer =
                sent(
                        "POST /echo HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n"
                                + body
                                + END);
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertFalse(answer.contains(" 200 "), answer);
        assertFalse(answer.endsWith("[open]"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2\\r\\n{}\\r\\n0\\r\\n\\r\\n",
                "02;name=value\\r\\n{}\\r\\n000\\r\\n\\r\\n",
                "1\\r\\n{\\r\\n1\\r\\n}\\r\\n0\\r\\n\\r\\n",
                "2\\r\\n{}\\r\\n0\\r\\nX-A: a\\r\\nX-B: b\\r\\n\\r\\n",
                "a\\r\\n{        }\\r\\n0\\r\\n\\r\\n",
            })
    void chunksAreJoined(String body) throws Exception {
        String answer =
                sent(
                        "POST /echo HTTP/1.1\\r\\nHost: h\\r\\ntransfer-encoding: CHUNKED\\r\\n\\r\\n"
                                + body
                                + END);
        assertEquals(2, answer.split("HTTP/1.1 200", -1).length - 1, answer);
    }

    @ParameterizedTest
    @CsvSource({"get, 405", "Get, 405", "GETT, 405", "post, 405", "GET, 200"})
    void methodsAreCaseSensitive(String method, int status) throws Exception {
        String answer =
                server.raw(method + " /ping HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    }

    @Test
    void anotherVersionOfHttpIsNamed() throws Exception {
        String answer = server.raw("GET /ping HTTP/2.0\r\nHost: h\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 505 "), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ping HTTP/1.0\\r\\nHost: 127.0.0.1:8008\\r\\nConnection: close\\r\\n\\r\\n",
                "GET /ping HTTP/1.0\\r\\n\\r\\n",
                "GET /ping HTTP/1.0\\r\\nConnection: keep-alive\\r\\n\\r\\n",
                "POST /echo HTTP/1.0\\r\\nHost: h\\r\\nContent-Length: 2\\r\\n\\r\\n{}",
            })
    void requestsOfHttp10AreServed(String request) throws Exception {
        String answer = sent(request);
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.contains("Content-Length: 2"), answer);
        assertTrue(answer.contains("Connection: close"), answer);
        assertTrue(answer.endsWith("{}"), answer);
    }

    @Test
    void aLongAnswerToHttp10EndsWithItsConnection() throws Exception {
        String answer = server.raw("GET /long HTTP/1.0\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer.substring(0, 20));
        assertFalse(answer.contains("Transfer-Encoding"), "HTTP/1.0 knows no chunks");
        assertTrue(answer.contains("Access-Control-Allow-Origin: *"), answer.substring(0, 400));
        assertTrue(answer.endsWith("\r\n\r\n" + "x".repeat(LONG)), "The body is as it was written");
    }

    @ParameterizedTest
    @CsvSource({"100, 200", "101, 431"})
    void headersAreCounted(int count, int status) throws Exception {
        String answer =
                server.raw(
                        "GET /ping HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                                + "X-A: a\r\n".repeat(count - 2)
                                + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    }

    @Test
    void emptyLinesBeforeARequestAreSkipped() throws Exception {
        String answer =
                server.raw(
                        "\r\nPOST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}\r\n"
                                + END);
        assertEquals(2, answer.split("HTTP/1.1 200", -1).length - 1, answer);
    }
}
