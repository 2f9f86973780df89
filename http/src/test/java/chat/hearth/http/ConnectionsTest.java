package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long connections are held, and how many.
@Timeout(600)
final class ConnectionsTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final int PATIENCE_MILLIS = 120_000;
    private static final String GET_PING = "GET /ping HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String GET_POLL = "GET /poll HTTP/1.1\r\nHost: h\r\n\r\n";

    private final Semaphore news = new Semaphore(0);
    private final TestServer server = server(2);

    private TestServer server(int connectionsMax) {
        HttpSettings defaults = HttpSettings.defaults();
        var settings =
                new HttpSettings(
                        defaults.backlog(),
                        SHORT,
                        SHORT,
                        defaults.shutdownGrace(),
                        defaults.payloadBytesMax(),
                        defaults.bodyDeadline(),
                        defaults.sendDeadline(),
                        TrustedProxies.NONE);
        return TestServer.holding(
                connectionsMax,
                settings,
                Route.get("/ping", _ -> Response.empty()).withAccess(Access.PUBLIC),
                Route.get(
                                "/poll",
                                _ -> {
                                    news.acquire();
                                    return Response.empty();
                                })
                        .withAccess(Access.PUBLIC));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /// The status of the next response, whose body is `{}`; empty at the end of the stream.
    private static String answer(Socket socket) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("{}")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return text.toString();
            }
            text.append((char) next);
        }
        return text.substring(0, text.indexOf("\r\n"));
    }

    @Test
    void aConnectionWithoutRequestsIsClosed() throws Exception {
        try (Socket silent = connect();
                Socket served = connect()) {
            send(served, GET_PING);
            assertEquals("HTTP/1.1 200 OK", answer(served));
            assertEquals("", answer(served));
            assertEquals("", answer(silent));
        }
    }

    @Test
    void aRequestThatWaitsForNewsIsNotCutOff() throws Exception {
        try (Socket socket = connect()) {
            send(socket, GET_POLL);
            Thread.sleep(SHORT.multipliedBy(3));
            news.release();
            assertEquals("HTTP/1.1 200 OK", answer(socket));
            send(socket, GET_PING);
            assertEquals("HTTP/1.1 200 OK", answer(socket));
        }
    }

    @Test
    void requestsThatAreSentAtOnceAreAnsweredInTheirOrder() throws Exception {
        try (Socket socket = connect()) {
            send(socket, GET_PING + GET_POLL + GET_PING);
            assertEquals("HTTP/1.1 200 OK", answer(socket));
            socket.setSoTimeout((int) SHORT.toMillis() * 2);
            assertTrue(isSilent(socket));
            news.release();
            assertEquals("HTTP/1.1 200 OK", answer(socket));
            assertEquals("HTTP/1.1 200 OK", answer(socket));
        }
    }

    @Test
    void connectionsBeyondTheLimitWaitForAPlace() throws Exception {
        try (Socket first = connect();
                Socket second = connect();
                Socket third = connect()) {
            send(first, GET_POLL);
            send(second, GET_POLL);
            Thread.sleep(SHORT.dividedBy(2));
            send(third, GET_PING);
            third.setSoTimeout((int) SHORT.toMillis());
            assertTrue(isSilent(third));
            news.release(2);
            third.setSoTimeout(PATIENCE_MILLIS);
            assertEquals("HTTP/1.1 200 OK", answer(third));
        }
    }

    private static boolean isSilent(Socket socket) throws IOException {
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }
}
