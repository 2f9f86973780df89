package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What malicious, broken or very slow clients send.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
final class HostileRequestTest {
    private static final int PAYLOAD_MAX = 1_000_000;
    private static final int ROUTE_MAX = 100_000;

    private TestServer server;

    @BeforeAll
    void start() {
        var settings =
                new HttpSettings(
                        100,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        PAYLOAD_MAX,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        TrustedProxies.NONE);
        server =
                TestServer.holding(
                        100,
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
        long received = server.takeNothingFor("/endless", Duration.ofSeconds(8));
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
