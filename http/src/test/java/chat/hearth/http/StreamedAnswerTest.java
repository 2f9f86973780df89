package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.MatrixException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// Answers that are written piece by piece.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StreamedAnswerTest {
    private static final String BASE = "/_matrix/client/v3";
    private static final int PIECE = 1_000;

    private TestServer server;

    @BeforeAll
    void start() {
        server =
                TestServer.of(
                        Route.get(BASE + "/pieces/{count}", StreamedAnswerTest::pieces)
                                .withAccess(Access.PUBLIC),
                        Route.get(
                                        BASE + "/large",
                                        _ -> Response.streamed(out -> out.write(large())))
                                .withAccess(Access.PUBLIC),
                        Route.get(BASE + "/broken/{count}", StreamedAnswerTest::broken)
                                .withAccess(Access.PUBLIC));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Response pieces(Request request) {
        int count = Integer.parseInt(request.path("count"));
        return Response.streamed(out -> write(out, count));
    }

    private static Response broken(Request request) {
        int count = Integer.parseInt(request.path("count"));
        return Response.streamed(
                out -> {
                    write(out, count);
                    throw MatrixException.forbidden("Too late");
                });
    }

    private static void write(BodySink out, int count) {
        for (int i = 0; i < count; i++) {
            out.write(piece(i));
        }
    }

    private static String piece(int i) {
        return String.valueOf((char) ('a' + i % 26)).repeat(PIECE);
    }

    private static ByteSegments large() {
        return new ByteSegments()
                .add("\"")
                .add("x".repeat(100_000).getBytes(StandardCharsets.UTF_8))
                .add("\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 33, 34, 5_000})
    void allPiecesArriveInTheirOrder(int count) throws Exception {
        HttpResponse<String> answer = server.get(BASE + "/pieces/" + count);
        var expected = new StringBuilder();
        for (int i = 0; i < count; i++) {
            expected.append(piece(i));
        }
        assertEquals(200, answer.statusCode());
        assertEquals(expected.toString(), answer.body());
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isPresent());
    }

    @Test
    void aShortAnswerSaysHowLongItIs() throws Exception {
        assertEquals(
                "3000",
                server.get(BASE + "/pieces/3").headers().firstValue("Content-Length").orElse(""));
    }

    @Test
    void aLongAnswerIsSentInChunks() throws Exception {
        HttpResponse<String> answer = server.get(BASE + "/pieces/100");
        assertTrue(answer.headers().firstValue("Content-Length").isEmpty());
        assertEquals("chunked", answer.headers().firstValue("Transfer-Encoding").orElse(""));
    }

    @Test
    void splicedBytesAreAPieceToo() throws Exception {
        assertEquals(100_002, server.get(BASE + "/large").body().length());
    }

    @Test
    void aConnectionIsUsedAgainAfterwards() throws Exception {
        String get = "GET " + BASE + "/pieces/50 HTTP/1.1\r\nHost: h\r\n";
        String both = server.raw(get + "\r\n" + get + "Connection: close\r\n\r\n");
        assertEquals(3, both.split("HTTP/1.1 200", -1).length);
        assertTrue(both.endsWith("0\r\n\r\n"), both.substring(both.length() - 20));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 100})
    void whoAsksForTheHeadersOnlyIsToldTheLength(int count) throws Exception {
        HttpResponse<String> answer = server.send("HEAD", BASE + "/pieces/" + count, "");
        assertEquals(
                Integer.toString(count * PIECE),
                answer.headers().firstValue("Content-Length").orElse(""));
        assertEquals("", answer.body());
    }

    @Test
    void whatFailsBeforeAnythingWasSentIsAnError() throws Exception {
        HttpResponse<String> answer = server.get(BASE + "/broken/3");
        assertEquals(403, answer.statusCode());
        assertEquals("M_FORBIDDEN", TestServer.errcode(answer));
    }

    @Test
    void whatFailsLaterIsNoWholeAnswer() throws IOException {
        assertThrows(IOException.class, () -> server.get(BASE + "/broken/100"));
        String sent = server.raw("GET " + BASE + "/broken/100 HTTP/1.1\r\nHost: h\r\n\r\n");
        assertTrue(sent.startsWith("HTTP/1.1 200"), sent);
        assertFalse(sent.endsWith("0\r\n\r\n"), "the last chunk says that nothing is missing");
        assertFalse(sent.contains("M_FORBIDDEN"));
        assertFalse(sent.endsWith("[open]"), "the connection is closed");
    }
}
