package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a request learns of its client while it works.
@Timeout(60)
final class ClientConnectedTest {
    private static final String HEAD = " HTTP/1.1\r\nHost: h\r\n";
    private static final int LOOKS = 200;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goneSeen = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final TestServer server =
            TestServer.of(
                    Route.get("/work", this::workUntilGone).withAccess(Access.PUBLIC),
                    Route.get("/look", this::look).withAccess(Access.PUBLIC),
                    Route.post("/look", this::lookThenRead).withAccess(Access.PUBLIC));

    private Response workUntilGone(Request request) throws InterruptedException {
        begun.countDown();
        while (request.clientConnected()) {
            Thread.sleep(1);
        }
        goneSeen.countDown();
        return Response.empty();
    }

    private Response look(Request request) throws InterruptedException {
        for (int i = 0; i < LOOKS; i++) {
            if (request.clientConnected()) {
                looks.incrementAndGet();
            }
            Thread.sleep(1);
        }
        return Response.empty();
    }

    private Response lookThenRead(Request request) throws InterruptedException {
        look(request);
        return Response.json(request.json());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket send(String bytes) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    @Test
    void workIsToldThatItsClientIsGone() throws Exception {
        try (Socket _ = send("GET /work" + HEAD + "\r\n")) {
            begun.await();
        }
        goneSeen.await();
        assertEquals(0, goneSeen.getCount());
    }

    @Test
    void workIsToldThatItsClientIsGoneAlthoughItHadSentMore() throws Exception {
        try (Socket _ = send("GET /work" + HEAD + "\r\nGET /look" + HEAD + "\r\n")) {
            begun.await();
        }
        goneSeen.await();
        assertEquals(0, goneSeen.getCount());
    }

    @Test
    void looksTakeNothingOfWhatFollows() throws Exception {
        String look = "GET /look" + HEAD + "\r\n";
        String body = "{\"a\":\"" + "x".repeat(50_000) + "\"}";
        String post = "POST /look" + HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        String end = "GET /look" + HEAD + "Connection: close\r\n\r\n";
        String answer = server.raw(look + look + post + end);
        assertEquals(4, answer.split("HTTP/1.1 200 OK", -1).length - 1, answer);
        assertTrue(answer.contains(body), "The body came back as it was sent");
        assertEquals(4 * LOOKS, looks.get());
    }
}
