package chat.hearth.homeserver.client.badinput;

import static chat.hearth.homeserver.TestHearth.encoded;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestedDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The servers that the rows are sent to, and what is on them when they come: see [Cast] for the
/// users and rooms of the open one. Time stands still until it is told to pass.
final class Scene implements AutoCloseable {
    private static final String V3 = "/_matrix/client/v3/";

    /// So rarely that a test never sees a second one.
    private static final double ONE_IN_SECONDS = 0.001;

    private static final int OTHERS = 10;

    /// How long a connection may stay silent after an answer until it counts as open.
    private static final int SILENCE_MILLIS = 1_500;

    /// How long an answer, or the end of the connection, is waited for.
    private static final int PATIENCE_MILLIS = 120_000;

    private final Map<Door, TestHearth> servers = new EnumMap<>(Door.class);
    private final Map<String, TestClient> users = new TreeMap<>();

    /// Longer names first: `$room` is the beginning of others.
    private final Map<String, String> names =
            new TreeMap<>(
                    Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path directory;

    /// Servers that keep their data in `directory`, the open one on this database.
    Scene(TestedDatabase database, Path directory) {
        this.directory = directory;
        TestHearth open = database.setup(directory).stillClock().start();
        servers.put(Door.OPEN, open);
        Cast.play(this, open);
    }

    void join(TestClient user) {
        String localpart = user.userId().substring(1, user.userId().indexOf(':'));
        users.put(localpart, user);
        name("$" + localpart, user.userId());
    }

    /// Gives something a name for the rows.
    void name(String name, String value) {
        names.put(name, value);
    }

    /// What has a name.
    String named(String name) {
        return Objects.requireNonNull(names.get(name), name);
    }

    /// The server that a row goes to; those for few rows are started for the first of them.
    TestHearth server(Door door) {
        return servers.computeIfAbsent(door, this::start);
    }

    private TestHearth start(Door door) {
        TestHearth.Setup setup = TestHearth.in(directory.resolve(door.name()));
        return switch (door) {
            case OPEN -> throw new IllegalStateException("It was started at once");
            case CLOSED -> setup.with("REGISTRATION_MODE", "closed").start();
            case SLOW -> setup.with("PASSWORD_HASH_MEMORY_KIB", "32768").start();
            case LIMITED -> {
                setup.limit("OTHER", OTHERS, ONE_IN_SECONDS).stillClock();
                for (String kind : List.of("LOGIN", "REGISTRATION", "SEND", "JOIN", "INVITE")) {
                    setup.limit(kind, 1, ONE_IN_SECONDS);
                }
                yield setup.start();
            }
        };
    }

    /// How far the log of the open server is: nothing was stored while it does not move.
    long position() {
        return position(Door.OPEN);
    }

    /// How far the log of a server is.
    long position(Door door) {
        try {
            return server(door).engine().feed().settledPosition();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while nothing else runs", e);
        }
    }

    /// What a row is answered with.
    Reply send(Row row) {
        Row.Sent sent = row.sent();
        String raw = sent.raw();
        if (raw != null) {
            return sendBytes(row.door(), spelledOut(raw));
        }
        String[] headers = sent.headers().toArray(String[]::new);
        return send(row.door(), row.who(), sent.method(), sent.path(), sent.body(), headers);
    }

    /// What somebody's request to the open server is answered with.
    Reply send(@Nullable String who, String method, String path, @Nullable String body) {
        return send(Door.OPEN, who, method, path, body);
    }

    /// What a request is answered with.
    ///
    /// @param who a user or the `$name` of an access token, null for nobody
    /// @param headers names and values in turn
    Reply send(
            Door door,
            @Nullable String who,
            String method,
            String path,
            @Nullable String body,
            String... headers) {
        String target = path.startsWith("/") ? path : V3 + path;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(door, inPath(target)))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(spelledOut(body)));
        if (who != null) {
            request.header("Authorization", "Bearer " + token(who));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            Map<String, String> seen = new TreeMap<>();
            response.headers()
                    .map()
                    .forEach(
                            (name, values) ->
                                    seen.put(
                                            name.toLowerCase(Locale.ROOT),
                                            String.join(", ", values)));
            return new Reply(response.statusCode(), seen, response.body(), false);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    private URI address(Door door, String path) {
        return URI.create("http://127.0.0.1:" + server(door).hearth().clientPort() + path);
    }

    private String token(String who) {
        return who.startsWith("$") ? named(who) : user(who).token();
    }

    /// A user of the open server on their first device.
    TestClient user(String name) {
        return Objects.requireNonNull(users.get(name), name);
    }

    private String inPath(String text) {
        return replaced(text, value -> encoded(value)).replace("$", "%24");
    }

    /// A text with what its names stand for.
    String spelledOut(String text) {
        return replaced(text, UnaryOperator.identity());
    }

    private String replaced(String text, UnaryOperator<String> form) {
        String replaced = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            if (replaced.contains("$")) {
                replaced = replaced.replace(name.getKey(), form.apply(name.getValue()));
            }
        }
        return replaced;
    }

    /// Sends bytes and reads until the server closes the connection or says nothing for a while.
    private Reply sendBytes(Door door, String latin1) {
        int port = server(door).hearth().clientPort();
        var answer = new ByteArrayOutputStream();
        boolean closed = false;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            int first = socket.getInputStream().read();
            if (first >= 0) {
                answer.write(first);
                socket.setSoTimeout(SILENCE_MILLIS);
                socket.getInputStream().transferTo(answer);
            }
            closed = true;
        } catch (SocketTimeoutException _) {
            closed = false;
        } catch (IOException e) {
            throw new AssertionError("The connection broke after " + answer, e);
        }
        return Reply.last(answer.toString(StandardCharsets.ISO_8859_1), closed);
    }

    @Override
    public void close() {
        servers.values().forEach(TestHearth::close);
        http.close();
    }
}
