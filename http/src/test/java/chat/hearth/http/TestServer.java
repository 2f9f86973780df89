package chat.hearth.http;

import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A server on a free loopback port with a client for it. Its access tokens are `alice`, `admin`,
/// `guest`, `locked`, and `expired`; an application service's is `as`.
final class TestServer implements AutoCloseable {
    private static final String NAME = "client";

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestServer(HttpServer server) {
        this.server = server;
    }

    static TestServer of(Route... routes) {
        return of(HttpSettings.defaults(), routes);
    }

    static TestServer of(HttpSettings settings, Route... routes) {
        return of(settings, RequestMetrics.NONE, routes);
    }

    /// A server that holds few connections.
    static TestServer holding(int connectionsMax, HttpSettings settings, Route... routes) {
        return of(
                listener(routes).withConnectionsMax(connectionsMax), settings, RequestMetrics.NONE);
    }

    static TestServer of(HttpSettings settings, RequestMetrics metrics, Route... routes) {
        return of(listener(routes), settings, metrics);
    }

    private static Listener listener(Route... routes) {
        return Listener.forClients(NAME, Listener.LOOPBACK, 0, List.of(routes));
    }

    private static TestServer of(Listener listener, HttpSettings settings, RequestMetrics metrics) {
        return new TestServer(
                HttpServer.start(settings, List.of(listener), TestServer::owner, metrics));
    }

    static TokenOwner owner(String token, Request request) {
        return switch (token) {
            case "alice" -> new TokenOwner.Known(Requester.user(user("alice"), 1, 1, "DEV"));
            case "admin" ->
                    new TokenOwner.Known(
                            new Requester(
                                    user("root"), 3, 3, "ADM", false, true, false, null, true));
            case "guest" ->
                    new TokenOwner.Known(
                            new Requester(user("1"), 4, 4, "GST", true, false, false, null, true));
            case "as" ->
                    new TokenOwner.Known(
                            new Requester(
                                    request.query("user_id", UserId::parse).orElse(user("bot")),
                                    5,
                                    0,
                                    null,
                                    false,
                                    false,
                                    false,
                                    "bridge",
                                    false));
            case "locked" -> new TokenOwner.Locked(Requester.user(user("bob"), 2, 2, "LCK"));
            case "expired" -> new TokenOwner.Expired();
            default -> new TokenOwner.Unknown();
        };
    }

    private static UserId user(String localpart) {
        return new UserId("@" + localpart + ":hs");
    }

    int port() {
        return server.port(NAME);
    }

    /// Waits until so many connections rest: a client has its answer a moment before.
    void awaitResting(int count) throws InterruptedException {
        while (server.resting(NAME) != count) {
            Thread.sleep(1);
        }
    }

    /// Sends a request; `headers` are names and values in turn.
    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    static JsonObject json(HttpResponse<String> response) {
        return JsonReader.readObject(response.body());
    }

    static String errcode(HttpResponse<String> response) {
        return json(response).string("errcode").orElse("none");
    }

    /// Everything that the server sends back for these bytes until it closes the connection or says
    /// nothing more for two seconds; the latter is marked.
    String raw(String bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var answer = new StringBuilder();
            try {
                for (int b = socket.getInputStream().read();
                        b >= 0;
                        b = socket.getInputStream().read()) {
                    answer.append((char) b);
                    socket.setSoTimeout(2_000);
                }
                return answer.toString();
            } catch (java.net.SocketTimeoutException _) {
                return answer + "[open]";
            }
        }
    }

    /// Asks for `path`, reads nothing for a while, and answers how much arrives afterwards.
    long takeNothingFor(String path, Duration time) throws IOException, InterruptedException {
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
            String request = "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            Thread.sleep(time);
            socket.setSoTimeout(5_000);
            long received = 0;
            try {
                while (socket.getInputStream().read() >= 0) {
                    received++;
                }
            } catch (SocketException _) {
                // The server has reset the connection.
            }
            return received;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
