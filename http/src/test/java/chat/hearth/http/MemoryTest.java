package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What happens when the memory for requests is used up: 4 MiB here, 1 MiB of them for one user or
/// address.
@Timeout(60)
final class MemoryTest {
    private static final long HEAP = 16 << 20;
    private static final long SHARE = HEAP / 16;
    private static final String[] ALICE = {"Authorization", "Bearer alice"};
    private static final String[] ADMIN = {"Authorization", "Bearer admin"};

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore end = new Semaphore(0);
    private final TestServer server =
            TestServer.of(
                    settings(),
                    Route.get("/small", _ -> Response.empty()).withAccess(Access.OPTIONAL),
                    Route.get("/large", this::wait).withAnswerLimit(SHARE),
                    Route.get("/poll", this::poll),
                    Route.post("/body", request -> Response.json(request.json()))
                            .withAccess(Access.OPTIONAL)
                            .withBodyLimit(4 << 20));

    private static HttpSettings settings() {
        HttpSettings defaults = HttpSettings.defaults();
        return new HttpSettings(
                defaults.backlog(),
                defaults.idleTimeout(),
                defaults.headDeadline(),
                Duration.ofMillis(100),
                defaults.bodyPatience(),
                defaults.sendPatience(),
                defaults.bytesPerSecondMin(),
                HEAP,
                TrustedProxies.NONE,
                TrustedProxies.NONE);
    }

    private Response wait(Request request) throws InterruptedException {
        begun.release();
        end.acquire();
        return Response.empty();
    }

    private Response poll(Request request) throws InterruptedException {
        begun.release();
        end.acquire();
        request.lease().take(SHARE);
        return Response.empty();
    }

    @AfterEach
    void stop() {
        end.release(100);
        server.close();
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertEquals(429, response.statusCode());
        assertEquals("M_LIMIT_EXCEEDED", TestServer.errcode(response));
        assertEquals("1", response.headers().firstValue("Retry-After").orElse(""));
        assertEquals("close", response.headers().firstValue("Connection").orElse(""));
    }

    @Test
    void anAnswerInTheMakingHoldsItsUsersShareOnly() throws Exception {
        Thread first = Thread.ofVirtual().start(() -> ask("/large"));
        begun.acquire();
        assertRefused(server.get("/large", ALICE));
        assertEquals(200, server.get("/small", ALICE).statusCode());
        end.release(2);
        assertEquals(200, server.get("/large", ADMIN).statusCode());
        first.join();
        end.release();
        assertEquals(200, server.get("/large", ALICE).statusCode());
    }

    @Test
    void whatWaitsHoldsNothing() throws Exception {
        Thread first = Thread.ofVirtual().start(() -> ask("/poll"));
        begun.acquire();
        end.release();
        first.join();
        end.release();
        assertEquals(200, server.get("/large", ALICE).statusCode());
    }

    private void ask(String path) {
        try {
            server.get(path, ALICE);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBodyBeyondTheShareIsRefused() throws Exception {
        String fits = "{\"a\":\"" + "x".repeat(200_000) + "\"}";
        String large = "{\"a\":\"" + "x".repeat(400_000) + "\"}";
        assertEquals(200, server.send("POST", "/body", fits).statusCode());
        assertRefused(server.send("POST", "/body", large));
        assertRefused(server.send("POST", "/body", large, ALICE));
    }

    @Test
    void unfinishedHeadsAndBodiesHoldTheirAddressShareOnly() throws Exception {
        String head = "GET /small HTTP/1.1\r\nHost: h\r\nX-A: " + "x".repeat(16_000);
        int held = 0;
        Socket[] sockets = new Socket[100];
        try {
            String refusal = "";
            while (refusal.isEmpty()) {
                sockets[held] = open("127.0.0.1", head);
                refusal = whatComes(sockets[held]);
                held++;
            }
            assertTrue(refusal.startsWith("HTTP/1.1 429 "), refusal);
            assertTrue(refusal.contains("Retry-After: 1"), refusal);
            assertFalse(held < SHARE / (16_384 * 4), held + " heads fit");
            assertEquals(200, server.get("/small").statusCode());
            try (Socket other = open("127.0.0.2", head + "\r\n\r\n")) {
                assertTrue(whatComes(other).startsWith("HTTP/1.1 200 "));
            }
        } finally {
            for (int i = 0; i < held; i++) {
                sockets[i].close();
            }
        }
    }

    private Socket open(String from, String bytes) throws IOException {
        var socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        server.port(),
                        InetAddress.ofLiteral(from),
                        0);
        socket.setSoTimeout(500);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /// What the server says; empty when it goes on waiting.
    private static String whatComes(Socket socket) throws IOException {
        var bytes = new byte[4096];
        try {
            int count = socket.getInputStream().read(bytes);
            return count < 0 ? "closed" : new String(bytes, 0, count, StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException _) {
            return "";
        }
    }
}
