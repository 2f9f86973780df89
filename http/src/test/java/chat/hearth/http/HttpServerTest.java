package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpServerTest {
    public record Echo(@Nullable String text, @Nullable Integer number) {}

    private static final String BASE = "/_matrix/client/v3";

    private TestServer server;

    @BeforeAll
    void start() {
        server =
                TestServer.of(
                        Route.get(BASE + "/state/{type}/{key}", HttpServerTest::path)
                                .withAccess(Access.PUBLIC),
                        Route.get(BASE + "/state/{type}", HttpServerTest::path)
                                .withAccess(Access.PUBLIC),
                        Route.get(BASE + "/query", HttpServerTest::query).withAccess(Access.PUBLIC),
                        Route.post(BASE + "/json", request -> Response.json(request.json()))
                                .withAccess(Access.PUBLIC)
                                .withBodyLimit(4_000_000),
                        Route.post(BASE + "/small", request -> Response.json(request.jsonOrEmpty()))
                                .withAccess(Access.PUBLIC)
                                .withBodyLimit(100),
                        Route.put(BASE + "/bound", r -> Response.json(r.body(Echo.class)))
                                .withAccess(Access.PUBLIC),
                        Route.get(
                                        BASE + "/broken",
                                        _ -> {
                                            throw new IllegalStateException("secret detail");
                                        })
                                .withAccess(Access.PUBLIC),
                        Route.get(BASE + "/deep", _ -> overflow(1)).withAccess(Access.PUBLIC),
                        Route.get(
                                        BASE + "/refused",
                                        _ -> {
                                            throw new MatrixException(
                                                    ErrCode.M_LIMIT_EXCEEDED,
                                                    429,
                                                    "Slow down",
                                                    JsonObject.builder()
                                                            .put("retry_after_ms", 1500)
                                                            .build());
                                        })
                                .withAccess(Access.PUBLIC),
                        Route.get(
                                        BASE + "/early",
                                        _ -> {
                                            throw new EarlyAnswer(
                                                    Response.json("session", "s").withStatus(401));
                                        })
                                .withAccess(Access.PUBLIC),
                        Route.get(BASE + "/large/{count}", HttpServerTest::large)
                                .withAccess(Access.PUBLIC));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Response path(Request request) {
        String key = request.operation().endsWith("{key}") ? request.path("key") : "none";
        return Response.json(
                JsonObject.builder().put("type", request.path("type")).put("key", key).build());
    }

    private static Response query(Request request) {
        return Response.json(
                JsonObject.builder()
                        .put("a", String.join("|", request.queryAll("a")))
                        .put("count", request.queryCount("count").orElse(-1))
                        .put("flag", request.queryFlag("flag"))
                        .build());
    }

    private static Response large(Request request) {
        var segments = new ByteSegments().add("[");
        int count = Integer.parseInt(request.path("count"));
        for (int i = 0; i < count; i++) {
            segments.add("\"" + "x".repeat(i % 5000) + "\",");
        }
        return Response.json(segments.add("0]"));
    }

    private static Response overflow(int depth) {
        return depth == Integer.MAX_VALUE
                ? Response.empty()
                : overflow(depth + 1).withStatus(depth);
    }

    private static void assertCors(HttpResponse<String> response) {
        assertEquals("*", response.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
        assertEquals(
                "GET, POST, PUT, DELETE, OPTIONS",
                response.headers().firstValue("Access-Control-Allow-Methods").orElse(""));
        assertEquals(
                "X-Requested-With, Content-Type, Authorization",
                response.headers().firstValue("Access-Control-Allow-Headers").orElse(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "/state/m.room.name/ m.room.name ''",
                "/state/m.room.name m.room.name none",
                "/state/m.room.name/%2F m.room.name /",
                "/state/a%2Fb/c%2Fd a/b c/d",
                "/state/%23x/@a:hs #x @a:hs",
                "/state/a;b=c/.. a;b=c ..",
                "/state/a+b/%2B a+b +",
                "/state/a%25b/%E2%82%AC a%b €",
            })
    void parametersAreSegmentsOfTheRawPath(String path, String type, String key) throws Exception {
        HttpResponse<String> response = server.get(BASE + path);
        assertEquals(200, response.statusCode());
        assertEquals(type, TestServer.json(response).string("type").orElseThrow());
        assertEquals(key, TestServer.json(response).string("key").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "GET /nothing 404 M_UNRECOGNIZED",
                "GET /state 404 M_UNRECOGNIZED",
                "GET /state/a/b/c 404 M_UNRECOGNIZED",
                "GET /state//a/b 404 M_UNRECOGNIZED",
                "GET /json/ 404 M_UNRECOGNIZED",
                "PUT /state/a/b 405 M_UNRECOGNIZED",
                "DELETE /json 405 M_UNRECOGNIZED",
                "GET /json 405 M_UNRECOGNIZED",
                "PATCH /json 405 M_UNRECOGNIZED",
                "BREW /nothing 404 M_UNRECOGNIZED",
                "GET /refused 429 M_LIMIT_EXCEEDED",
                "GET /broken 500 M_UNKNOWN",
                "GET /deep 400 M_BAD_JSON",
                "GET /query?count=-1 400 M_INVALID_PARAM",
                "GET /query?count=abc 400 M_INVALID_PARAM",
                "GET /query?count= 400 M_INVALID_PARAM",
                "GET /query?count=1e3 400 M_INVALID_PARAM",
                "GET /query?count=99999999999999999999 400 M_INVALID_PARAM",
                "GET /query?flag=yes 400 M_INVALID_PARAM",
            })
    void errorsAreStandardAndHaveCors(String method, String path, int status, String errcode)
            throws Exception {
        HttpResponse<String> response = server.send(method, BASE + path, "");
        assertEquals(status, response.statusCode());
        assertEquals(errcode, TestServer.errcode(response));
        assertFalse(TestServer.json(response).string("error").orElse("").isEmpty());
        assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
        assertFalse(response.body().contains("secret"));
        assertCors(response);
    }

    @Test
    void theWrongMethodIsToldTheRightOnes() throws Exception {
        assertEquals(
                "GET",
                server.send("PUT", BASE + "/state/a/b", "{}")
                        .headers()
                        .firstValue("Allow")
                        .orElse(""));
    }

    @Test
    void retryAfterIsInWholeSeconds() throws Exception {
        HttpResponse<String> response = server.get(BASE + "/refused");
        assertEquals("2", response.headers().firstValue("Retry-After").orElse(""));
        assertEquals(1500, TestServer.json(response).integer("retry_after_ms").orElse(0));
    }

    @Test
    void anEarlyAnswerIsNoError() throws Exception {
        HttpResponse<String> response = server.get(BASE + "/early");
        assertEquals(401, response.statusCode());
        assertEquals("{\"session\":\"s\"}", response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/json", "/broken", "/nothing", "/state/a/b"})
    void optionsRunsNothing(String path) throws Exception {
        HttpResponse<String> response = server.send("OPTIONS", BASE + path, "");
        assertEquals(200, response.statusCode());
        assertEquals("86400", response.headers().firstValue("Access-Control-Max-Age").orElse(""));
        assertCors(response);
    }

    @Test
    void headIsGetWithoutBody() throws Exception {
        HttpResponse<String> response = server.send("HEAD", BASE + "/state/a/b", "");
        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
        assertEquals(
                server.get(BASE + "/state/a/b").body().length(),
                response.headers().firstValueAsLong("Content-Length").orElse(0));
    }

    @Test
    void theQueryIsDecodedStrictly() throws Exception {
        HttpResponse<String> response =
                server.get(BASE + "/query?a=1%262&b&a=x+y%2B&&flag=true&count=07&a");
        assertEquals("{\"a\":\"1&2|x y+|\",\"count\":7,\"flag\":true}", response.body());
    }

    @Test
    void charactersThatUrlsShouldEscapeAreTakenAsTheyAre() throws Exception {
        String answer =
                server.raw(
                        "GET "
                                + BASE
                                + "/query?a={\"x\":[1|2^3]} HTTP/1.1\r\nHost: h\r\n"
                                + "Connection: close\r\n\r\n");
        assertTrue(answer.contains("{\\\"x\\\":[1|2^3]}"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/state/%zz/a",
                "/state/a/%",
                "/state/a/%4",
                "/state/a/%C0%80",
                "/state/a/%ED%A0%80",
                "/state/a/\u00e9",
                "/query?a=%zz",
                "/query?a=%ff"
            })
    void malformedEscapesAreRefused(String path) throws Exception {
        String answer =
                server.raw(
                        "GET " + BASE + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(answer.contains("M_INVALID_PARAM"), answer);
    }

    @Test
    void anAbsoluteTargetIsMatchedByItsPath() throws Exception {
        String answer =
                server.raw(
                        "GET http://other.example"
                                + BASE
                                + "/state/a/b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 100, 2000})
    void splicedBodiesArriveWhole(int count) throws Exception {
        HttpResponse<String> response = server.get(BASE + "/large/" + count);
        assertEquals(
                response.body().length(),
                response.headers().firstValueAsLong("Content-Length").orElse(0));
        assertTrue(response.body().endsWith("0]"));
        assertEquals(count, response.body().split(",", -1).length - 1);
    }

    @Test
    void aLargeJsonBodyIsTaken() throws Exception {
        String body = "{\"a\":\"" + "x".repeat(3_000_000) + "\"}";
        assertEquals(body, server.send("POST", BASE + "/json", body).body());
    }

    @Test
    void aRecordIsBoundAndWritten() throws Exception {
        assertEquals(
                "{\"text\":\"a\"}",
                server.send("PUT", BASE + "/bound", "{\"text\":\"a\",\"x\":[]}").body());
        HttpResponse<String> refused = server.send("PUT", BASE + "/bound", "{\"number\":\"12\"}");
        assertEquals("M_BAD_JSON", TestServer.errcode(refused));
        assertEquals(
                "number must be an integer of 32 bits",
                TestServer.json(refused).string("error").orElse(""));
    }

    @Test
    void anEmptyBodyIsAnEmptyObjectWhereClientsSendNone() throws Exception {
        assertEquals("{}", server.send("POST", BASE + "/small", "").body());
        assertEquals("M_NOT_JSON", TestServer.errcode(server.send("POST", BASE + "/json", "")));
    }
}
