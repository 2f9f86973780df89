package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
final class ListenersTest {
    private static final AccessTokens NOBODY = (_, _) -> new TokenOwner.Unknown();

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> get(int port, String path) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(
                HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Route open(String path) {
        return Route.get(path, _ -> Response.empty()).withAccess(Access.PUBLIC);
    }

    @Test
    void eachListenerServesOnlyItsOwnAndOperationsAreNotForWebPages() throws Exception {
        var clients =
                Listener.forClients("client", Listener.LOOPBACK, 0, List.of(open("/versions")));
        var operations =
                Listener.forOperations("ops", Listener.LOOPBACK, 0, List.of(open("/metrics")));
        try (var server =
                HttpServer.start(
                        HttpSettings.defaults(),
                        List.of(clients, operations),
                        NOBODY,
                        RequestMetrics.NONE)) {
            assertEquals(200, get(server.port("client"), "/versions").statusCode());
            assertEquals(404, get(server.port("client"), "/metrics").statusCode());
            assertEquals(404, get(server.port("ops"), "/versions").statusCode());
            HttpResponse<String> metrics = get(server.port("ops"), "/metrics");
            assertEquals(200, metrics.statusCode());
            assertTrue(metrics.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
            assertThrows(IllegalArgumentException.class, () -> server.port("other"));
        }
    }

    @Test
    void anAddressInUseIsAnErrorThatNamesIt() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            var listener = Listener.forClients("client", Listener.LOOPBACK, port, List.of());
            var refused =
                    assertThrows(
                            AddressTakenException.class,
                            () ->
                                    HttpServer.start(
                                            HttpSettings.defaults(),
                                            List.of(listener),
                                            NOBODY,
                                            RequestMetrics.NONE));
            assertTrue(String.valueOf(refused.getMessage()).contains("127.0.0.1:" + port));
            assertEquals("client", refused.listener());
        }
    }

    @Test
    void everyRequestIsCountedByItsOperation() throws Exception {
        List<String> counted = new CopyOnWriteArrayList<>();
        RequestMetrics metrics =
                (operation, status, bytes, nanos) ->
                        counted.add(operation + " " + status + " " + bytes + " " + (nanos > 0));
        try (TestServer server =
                TestServer.of(
                        HttpSettings.defaults(),
                        metrics,
                        open("/rooms/{roomId}"),
                        Route.get("/user", _ -> Response.empty()))) {
            server.get("/rooms/!secret:hs?access_token=alice");
            server.get("/user");
            server.get("/nothing");
            server.send("OPTIONS", "/user", "");
            for (int i = 0; i < 10_000 && counted.size() < 4; i++) {
                Thread.sleep(10);
            }
        }
        assertEquals(
                List.of(
                        "GET /rooms/{roomId} 200 2 true",
                        "GET /user 401 60 true",
                        "unrecognized 404 59 true",
                        "OPTIONS 200 2 true"),
                counted);
    }

    @Test
    void theLogNamesTheOperationAndTheUserAndNothingSecret() throws Exception {
        List<String> lines = new ArrayList<>();
        Handler keeper = keeper(lines);
        Logger log = Logger.getLogger("");
        Level before = log.getLevel();
        log.addHandler(keeper);
        log.setLevel(Level.ALL);
        try (TestServer server =
                TestServer.of(
                        Route.post("/rooms/{roomId}", request -> Response.json(request.json())),
                        Route.get(
                                        "/broken",
                                        _ -> {
                                            throw new IllegalStateException("broken");
                                        })
                                .withAccess(Access.OPTIONAL))) {
            server.send(
                    "POST",
                    "/rooms/canary1?access_token=canary2",
                    "{\"body\":\"canary3\"}",
                    "Authorization",
                    "Bearer alice");
            server.send("POST", "/rooms/canary1", "{\"canary4", "Authorization", "Bearer canary5");
            server.get("/broken?access_token=canary6");
            server.get("/canary7?canary8=canary9");
        } finally {
            log.removeHandler(keeper);
            log.setLevel(before);
        }
        String all = String.join("\n", lines);
        assertFalse(all.contains("canary"), all);
        assertTrue(
                all.contains("operation=\"POST /rooms/{roomId}\" status=200 bytes=18 micros="),
                all);
        assertTrue(all.contains("user=@alice:hs"), all);
    }

    private static Handler keeper(List<String> lines) {
        return new Handler() {
            @Override
            public synchronized void publish(LogRecord entry) {
                lines.add(
                        entry.getMessage()
                                + " "
                                + entry.getThrown()
                                + " "
                                + Arrays.toString(entry.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void stoppingWaitsForRequestsUnderWay() throws Exception {
        var arrived = new CountDownLatch(1);
        var wake = new CountDownLatch(1);
        TestServer server =
                TestServer.of(
                        Route.get(
                                        "/poll",
                                        _ -> {
                                            arrived.countDown();
                                            wake.await();
                                            return Response.empty();
                                        })
                                .withAccess(Access.PUBLIC));
        int port = server.port();
        var answer =
                client.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/poll"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        arrived.await();
        Thread stopping = Thread.ofVirtual().start(server::close);
        Thread.sleep(200);
        wake.countDown();
        assertEquals(200, answer.get().statusCode());
        stopping.join();
        assertThrows(ConnectException.class, () -> get(port, "/poll"));
    }

    @Test
    void aRequestThatNeverEndsDoesNotKeepTheServerFromStopping() throws Exception {
        var arrived = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        HttpSettings defaults = HttpSettings.defaults();
        var settings =
                new HttpSettings(
                        defaults.backlog(),
                        defaults.idleTimeout(),
                        defaults.headDeadline(),
                        Duration.ofMillis(300),
                        defaults.payloadBytesMax(),
                        defaults.bodyDeadline(),
                        defaults.sendDeadline(),
                        TrustedProxies.NONE);
        TestServer server =
                TestServer.of(
                        settings,
                        Route.get(
                                        "/poll",
                                        _ -> {
                                            arrived.countDown();
                                            try {
                                                new CountDownLatch(1).await();
                                            } finally {
                                                interrupted.countDown();
                                            }
                                            return Response.empty();
                                        })
                                .withAccess(Access.PUBLIC));
        var answer =
                client.sendAsync(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + server.port() + "/poll"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        arrived.await();
        server.close();
        interrupted.await();
        assertThrows(ExecutionException.class, answer::get);
    }
}
