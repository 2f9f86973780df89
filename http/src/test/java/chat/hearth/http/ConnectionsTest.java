package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final Semaphore polls = new Semaphore(0);
    private final TestServer server = server(2, SHORT);

    private TestServer server(int connectionsMax, Duration idleTimeout) {
        HttpSettings defaults = HttpSettings.defaults();
        var settings =
                new HttpSettings(
                        defaults.backlog(),
                        idleTimeout,
                        SHORT,
                        defaults.shutdownGrace(),
                        defaults.bodyPatience(),
                        defaults.sendPatience(),
                        defaults.bytesPerSecondMin(),
                        defaults.heapBytes(),
                        TrustedProxies.NONE,
                        TrustedProxies.NONE);
        return TestServer.holding(
                connectionsMax,
                settings,
                Route.get("/ping", _ -> Response.empty()).withAccess(Access.PUBLIC),
                Route.get(
                                "/poll",
                                _ -> {
                                    polls.release();
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
        return connect(server);
    }

    private static Socket connect(TestServer to) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
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
    void connectionsBeyondTheLimitWaitForAPlaceWhileAllAreServed() throws Exception {
        try (Socket first = connect();
                Socket second = connect()) {
            send(first, GET_POLL);
            send(second, GET_POLL);
            polls.acquire(2);
            try (Socket third = connect()) {
                send(third, GET_PING);
                third.setSoTimeout((int) SHORT.toMillis());
                assertTrue(isSilent(third));
                news.release(2);
                third.setSoTimeout(PATIENCE_MILLIS);
                assertEquals("HTTP/1.1 200 OK", answer(third));
            }
        }
    }

    @Test
    void atTheLimitTheConnectionThatRestedLongestMakesRoom() throws Exception {
        try (TestServer patient = server(3, Duration.ofMinutes(5));
                Socket served = connect(patient);
                Socket first = connect(patient);
                Socket second = connect(patient)) {
            send(served, GET_POLL);
            polls.acquire();
            ping(first);
            patient.awaitResting(2);
            ping(second);
            patient.awaitResting(2);
            try (Socket third = connect(patient)) {
                ping(third);
                assertEquals("", answer(first));
                ping(second);
                news.release();
                assertEquals("HTTP/1.1 200 OK", answer(served));
            }
        }
    }

    @Test
    void aConnectionThatHasJustComeMakesNoRoom() throws Exception {
        long begun = System.nanoTime();
        try (TestServer one = server(1, Duration.ofMinutes(5));
                Socket first = connect(one);
                Socket second = connect(one)) {
            ping(second);
            long waited = System.nanoTime() - begun;
            assertTrue(waited >= OpenConnections.REST_MIN.toNanos(), () -> waited + " ns");
            assertEquals(-1, first.getInputStream().read(), "it made room after all");
        }
    }

    @Test
    void oneAddressHasPartOfTheConnections() throws Exception {
        int part = 64;
        List<Socket> open = new ArrayList<>();
        try (TestServer patient = server(100, Duration.ofMinutes(5));
                Socket other = connectFrom("127.0.0.2", patient)) {
            ping(other);
            for (int i = 0; i <= part; i++) {
                Socket next = connect(patient);
                open.add(next);
                ping(next);
                patient.awaitResting(Math.min(part, i + 1) + 1);
            }
            assertEquals("", answer(open.getFirst()));
            ping(open.get(1));
            ping(other);
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    @Test
    void anAddressWhoseConnectionsAreAllServedGetsNoMore() throws Exception {
        int part = 64;
        List<Socket> open = new ArrayList<>();
        try (TestServer patient = server(100, Duration.ofMinutes(5))) {
            for (int i = 0; i < part; i++) {
                Socket next = connect(patient);
                open.add(next);
                send(next, GET_POLL);
            }
            polls.acquire(part);
            try (Socket more = connect(patient);
                    Socket other = connectFrom("127.0.0.2", patient)) {
                assertEquals("", answer(more));
                ping(other);
            }
            news.release(part);
            assertEquals("HTTP/1.1 200 OK", answer(open.getFirst()));
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    private static void ping(Socket socket) throws IOException {
        send(socket, GET_PING);
        assertEquals("HTTP/1.1 200 OK", answer(socket));
    }

    private static Socket connectFrom(String address, TestServer to) throws IOException {
        var socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        to.port(),
                        InetAddress.ofLiteral(address),
                        0);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
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
