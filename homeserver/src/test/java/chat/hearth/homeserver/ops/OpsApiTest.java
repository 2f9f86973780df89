package chat.hearth.homeserver.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What monitoring asks of a server, on the listener for operators.
final class OpsApiTest {
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_REQUEST =
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final HttpClient client = HttpClient.newHttpClient();
    private TestHearth server;

    @BeforeEach
    void start(@TempDir Path folder) {
        server =
                TestHearth.in(folder)
                        .with("LISTENERS_OPS_ENABLED", "true")
                        .with("LISTENERS_OPS_PORT", "0")
                        .start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        int port = server.hearth().opsPort().orElseThrow();
        URI address = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    @Test
    void aServerThatRunsIsLiveAndReady() throws IOException, InterruptedException {
        for (String check : List.of("live", "ready")) {
            HttpResponse<String> answer = get("/health/" + check);
            assertEquals(200, answer.statusCode());
            assertEquals(check + "\n", answer.body());
        }
    }

    @Test
    void operatorsHaveTheirOwnBoundOnConnections(@TempDir Path folder) throws Exception {
        try (TestHearth one =
                TestHearth.in(folder)
                        .with("LISTENERS_OPS_ENABLED", "true")
                        .with("LISTENERS_OPS_PORT", "0")
                        .with("LISTENERS_OPS_CONNECTIONS_MAX", "1")
                        .start()) {
            int ops = one.hearth().opsPort().orElseThrow();
            try (Socket first = connect(ops)) {
                assertTrue(isAnswered(first));
                try (Socket second = connect(ops)) {
                    assertTrue(isAnswered(second), "the first rests and makes room");
                    first.getInputStream().readAllBytes();
                }
            }
            int clients = one.hearth().clientPort();
            try (Socket first = connect(clients);
                    Socket second = connect(clients)) {
                assertTrue(isAnswered(first));
                assertTrue(isAnswered(second), "clients have a bound of their own");
                first.getOutputStream().write(LAST_REQUEST);
                String answers =
                        new String(
                                first.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertTrue(answers.contains("HTTP/1.1 "), "and the first of them goes on");
            }
        }
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(120_000);
        socket.getOutputStream().write(REQUEST);
        return socket;
    }

    private static boolean isAnswered(Socket socket) throws IOException {
        return socket.getInputStream().read() >= 0;
    }

    @Test
    void metricsCountWhatClientsDidByOperationAndStatus() throws IOException, InterruptedException {
        TestClient alice = server.register("alice");
        String room = alice.room("private_chat");
        alice.say(room, "hello");
        alice.get("rooms/" + TestHearth.encoded("!unknown:hearth.test") + "/state");
        alice.sync("timeout=0");

        String send = "PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}";
        assertEquals(1, counted(send, 200));
        assertEquals(1, counted("GET /_matrix/client/v3/rooms/{roomId}/state", 403));
        assertEquals(0, value("hearth_writer_queue"));
        assertEquals(0, value("hearth_dropped_reads_total{reason=\"unwanted\"}"));
        assertEquals(0, value("hearth_waiting_syncs"));
        assertEquals(1, value("hearth_active_users"));
        assertEquals(1, value("hearth_active_rooms"));
        assertTrue(value("hearth_cached_events") > 0);
        assertTrue(value("hearth_commits_total") > 0);
        assertTrue(value("hearth_writes_total") >= value("hearth_commits_total"));
        assertTrue(get("/metrics").body().lines().anyMatch(line -> line.startsWith("jvm_")));
        assertFalse(get("/metrics").body().contains("unknown:hearth"), "what a client chose");
    }

    private double counted(String operation, int status) throws IOException, InterruptedException {
        return value(
                "hearth_requests_total{operation=\"%s\",status=\"%d\"}"
                        .formatted(operation, status));
    }

    private double value(String metric) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/metrics");
        assertEquals(200, answer.statusCode());
        return answer.body()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + metric + " in " + answer.body()));
    }

    @Test
    void operatorsGetNothingOfClientsAndClientsNothingOfOperators()
            throws IOException, InterruptedException {
        assertEquals(404, get("/_matrix/client/versions").statusCode());
        assertEquals("404 M_UNRECOGNIZED", server.get("/metrics", null).outcome());
    }
}
