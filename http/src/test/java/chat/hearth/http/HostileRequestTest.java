package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What malicious, broken or very slow clients send.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class HostileRequestTest {
    private static final int PAYLOAD_MAX = 1_000_000;
    private static final int ROUTE_MAX = 100_000;

    private TestServer server;

    @BeforeAll
    void start() {
        var settings =
                new HttpSettings(
                        100,
                        100,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        PAYLOAD_MAX,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        TrustedProxies.NONE);
        server =
                TestServer.of(
                        settings,
                        Route.post("/json", request -> Response.json(request.json()))
                                .withAccess(Access.PUBLIC)
                                .withBodyLimit(ROUTE_MAX),
                        Route.post("/user", request -> Response.json(request.json())),
                        Route.get("/ping", _ -> Response.empty()).withAccess(Access.PUBLIC),
                        Route.get("/endless", _ -> Response.json(new byte[100 << 20]))
                                .withAccess(Access.PUBLIC));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Arguments> badJson() {
        return Stream.of(
                Arguments.of("{", "M_NOT_JSON"),
                Arguments.of("", "M_NOT_JSON"),
                Arguments.of("{}{}", "M_NOT_JSON"),
                Arguments.of("{'a':1}", "M_NOT_JSON"),
                Arguments.of("{\"a\":01}", "M_NOT_JSON"),
                Arguments.of("{\"a\":NaN}", "M_NOT_JSON"),
                Arguments.of("{\"a\":Infinity}", "M_NOT_JSON"),
                Arguments.of("{\"a\":-Infinity}", "M_NOT_JSON"),
                Arguments.of("[]", "M_BAD_JSON"),
                Arguments.of("\"a\"", "M_BAD_JSON"),
                Arguments.of("1", "M_BAD_JSON"),
                Arguments.of("null", "M_BAD_JSON"),
                Arguments.of("{\"a\":1,\"a\":2}", "M_BAD_JSON"),
                Arguments.of("{\"a\":\"\\ud800\"}", "M_BAD_JSON"),
                Arguments.of("[".repeat(50_000), "M_BAD_JSON"),
                Arguments.of("{\"a\":".repeat(15_000), "M_BAD_JSON"));
    }

    @ParameterizedTest
    @MethodSource("badJson")
    void whatIsNoJsonObjectIsRefused(String body, String errcode) throws Exception {
        HttpResponse<String> response = server.send("POST", "/json", body);
        assertEquals(400, response.statusCode());
        assertEquals(errcode, TestServer.errcode(response));
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Encoding, gzip",
        "Content-Encoding, br",
        "Content-Type, multipart/form-data; boundary=x",
        "Content-Type, Multipart/Mixed"
    })
    void encodedAndMultipartBodiesAreRefused(String name, String value) throws Exception {
        HttpResponse<String> response = server.send("POST", "/json", "{}", name, value);
        assertEquals(415, response.statusCode());
        assertEquals("M_UNKNOWN", TestServer.errcode(response));
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Encoding, identity",
        "Content-Type, text/plain",
        "Content-Type, application/x-www-form-urlencoded"
    })
    void anyOtherTypeIsTakenAsJson(String name, String value) throws Exception {
        assertEquals(200, server.send("POST", "/json", "{}", name, value).statusCode());
    }

    @Test
    void aBodyAtTheLimitPassesAndOneByteMoreDoesNot() throws Exception {
        assertEquals(200, server.send("POST", "/json", bodyOf(ROUTE_MAX)).statusCode());
        HttpResponse<String> response = server.send("POST", "/json", bodyOf(ROUTE_MAX + 1));
        assertEquals(413, response.statusCode());
        assertEquals("M_TOO_LARGE", TestServer.errcode(response));
        assertEquals("*", response.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
    }

    private static String bodyOf(int bytes) {
        return "{\"a\":\"" + "x".repeat(bytes - 8) + "\"}";
    }

    @ParameterizedTest
    @ValueSource(ints = {ROUTE_MAX + 1, PAYLOAD_MAX + 1})
    void aChunkedBodyIsCountedWhileItIsRead(int bytes) throws Exception {
        String chunk = Integer.toHexString(50_000) + "\r\n" + "x".repeat(50_000) + "\r\n";
        String answer =
                server.raw(
                        "POST /json HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + chunk.repeat(bytes / 50_000 + 1)
                                + "0\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(answer.contains("M_TOO_LARGE"), answer);
        assertFalse(answer.endsWith("[open]"), answer);
    }

    static Stream<Arguments> malformed() {
        String post = "POST /json HTTP/1.1\r\nHost: h\r\n";
        return Stream.of(
                Arguments.of(
                        "length and chunked",
                        post
                                + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "2\r\n{}\r\n0\r\n\r\n"),
                Arguments.of(
                        "two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} "),
                Arguments.of("a list of lengths", post + "Content-Length: 2, 2\r\n\r\n{}"),
                Arguments.of("a negative length", post + "Content-Length: -2\r\n\r\n{}"),
                Arguments.of("a signed length", post + "Content-Length: +2\r\n\r\n{}"),
                Arguments.of("a hexadecimal length", post + "Content-Length: 0x2\r\n\r\n{}"),
                Arguments.of("an unknown encoding", post + "Transfer-Encoding: gzip\r\n\r\n{}"),
                Arguments.of(
                        "chunked twice",
                        post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunked not last",
                        post + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "a bad chunk size",
                        post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
                Arguments.of(
                        "a negative chunk size",
                        post + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n"),
                Arguments.of(
                        "a folded header", "GET /ping HTTP/1.1\r\nHost: h\r\nX-A: 1\r\n 2\r\n\r\n"),
                Arguments.of("a bare line feed", "GET /ping HTTP/1.1\nHost: h\n\n"),
                Arguments.of(
                        "a bare line feed in a header",
                        "GET /ping HTTP/1.1\r\nHost: h\nX-A: 1\r\n\r\n"),
                Arguments.of(
                        "NUL in a header", "GET /ping HTTP/1.1\r\nHost: h\r\nX-A: a\0b\r\n\r\n"),
                Arguments.of(
                        "a space before the colon",
                        "GET /ping HTTP/1.1\r\nHost: h\r\nX-A : 1\r\n\r\n"),
                Arguments.of("no host", "GET /ping HTTP/1.1\r\n\r\n"),
                Arguments.of("two hosts", "GET /ping HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                Arguments.of("no version", "GET /ping\r\nHost: h\r\n\r\n"),
                Arguments.of(
                        "a body longer than declared",
                        post + "Content-Length: 2\r\n\r\n{}{\"x\":1}\r\n\r\n"));
    }

    /// What follows a malformed request on its connection must never be taken for a request: a
    /// proxy in front may have understood the boundary differently.
    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformedHttpIsRefusedAndTheConnectionClosed(String what, String bytes) throws Exception {
        String answer = server.raw(bytes + "GET /ping HTTP/1.1\r\nHost: h\r\n\r\n");
        assertFalse(answer.endsWith("[open]"), () -> what + ": " + answer);
        String last = answer.substring(Math.max(0, answer.lastIndexOf("HTTP/1.1 ")));
        assertTrue(
                last.startsWith("HTTP/1.1 400 ") || last.startsWith("HTTP/1.1 501 "),
                () -> what + ": " + answer);
        assertTrue(last.contains("\"errcode\":\"M_UNKNOWN\""), () -> what + ": " + answer);
        assertTrue(last.contains("Access-Control-Allow-Origin: *"), () -> what + ": " + answer);
        if (!what.equals("a body longer than declared")) {
            assertFalse(answer.contains(" 200 "), () -> what + ": " + answer);
        }
    }

    @Test
    void aBodyShorterThanDeclaredIsNotTaken() throws Exception {
        String answer =
                server.raw("POST /json HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n{}");
        assertEquals("", answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1000\r\n\r\n{",
                "Content-Length: 90000\r\n\r\n{",
                "Transfer-Encoding: chunked\r\n\r\n5\r\n{"
            })
    void aBodyThatDoesNotArriveInTimeEndsItsConnection(String rest) throws Exception {
        String answer = server.raw("POST /json HTTP/1.1\r\nHost: h\r\n" + rest);
        assertEquals("", answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET /ping HTTP/1.1\r\n",
                "GET /ping HTTP/1.1\r\nHost: h\r\nX-A: ",
                "GET /ping HTTP/1.1\r\nHost: h\r\n\r\nGET /ping HT"
            })
    void aHeadThatDoesNotArriveInTimeEndsItsConnection(String bytes) throws Exception {
        String answer = server.raw(bytes);
        assertFalse(answer.endsWith("[open]"), answer);
        assertEquals(bytes.contains("\r\n\r\n"), answer.contains(" 200 "), answer);
    }

    @Test
    void aResponseThatNobodyTakesEndsItsConnection() throws Exception {
        long received = server.takeNothingFor("/endless", Duration.ofSeconds(4));
        assertTrue(received < 100 << 20, "received " + received);
    }

    @Test
    void aRefusedRequestLeavesItsConnectionUsable() throws Exception {
        String answer =
                server.raw(
                        "POST /user HTTP/1.1\r\nHost: h\r\nContent-Length: 20000\r\n\r\n"
                                + "x".repeat(20_000)
                                + "GET /ping HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertTrue(answer.contains("HTTP/1.1 200 "), answer);
    }

    @Test
    void aLongBodyOfARefusedRequestIsNotWaitedFor() throws Exception {
        String answer =
                server.raw(
                        "POST /user HTTP/1.1\r\nHost: h\r\nContent-Length: 90000\r\n\r\n"
                                + "x".repeat(90_000)
                                + "GET /ping HTTP/1.1\r\nHost: h\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertTrue(answer.contains("Connection: close"), answer);
        assertFalse(answer.contains(" 200 "), answer);
        assertFalse(answer.endsWith("[open]"), answer);
    }

    @Test
    void aClientThatAsksBeforeItSendsIsAnsweredAtOnce() throws Exception {
        String head = " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
        String refused = server.raw("POST /user" + head);
        assertTrue(refused.startsWith("HTTP/1.1 401 "), refused);
        assertFalse(refused.endsWith("[open]"), refused);
        String taken = server.raw("POST /json" + head + "{}");
        assertTrue(taken.startsWith("HTTP/1.1 100 "), taken);
        assertTrue(taken.contains("HTTP/1.1 200 "), taken);
    }

    @ParameterizedTest
    @CsvSource({"65000, 200", "66000, 414"})
    void theRequestLineHasALimit(int length, int status) throws Exception {
        HttpResponse<String> response = server.get("/ping?x=" + "y".repeat(length));
        assertEquals(status, response.statusCode());
        assertTrue(status == 200 || TestServer.errcode(response).equals("M_TOO_LARGE"));
    }

    @Test
    void theHeadersHaveALimit() throws Exception {
        String answer =
                server.raw(
                        "GET /ping HTTP/1.1\r\nHost: h\r\nX-A: " + "y".repeat(20_000) + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
        assertTrue(answer.contains("errcode"), answer);
    }
}
