package chat.hearth.homeserver;

import chat.hearth.homeserver.config.ConfigLoader;
import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A whole server in this process, on a free loopback port, over SQLite in a directory of its own:
/// open registration, no rate limits, cheap password hashes. It can be restarted.
public final class TestHearth implements AutoCloseable {
    public static final String NAME = "hearth.test";

    private static final String DEMAND = "_matrix/client/v3/";

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "HEARTH_SERVER_NAME", NAME,
                    "HEARTH_LISTENERS_CLIENT_PORT", "0",
                    "HEARTH_LISTENERS_OPS_ENABLED", "false",
                    "HEARTH_REGISTRATION_MODE", "open",
                    "HEARTH_RATE_LIMITS_ENABLED", "false",
                    "HEARTH_PASSWORD_HASH_MEMORY_KIB", "8",
                    "HEARTH_PASSWORD_HASH_ITERATIONS", "1",
                    "HEARTH_DATABASE_READERS", "2");

    private final HearthConfig config;
    private final InstantSource clock;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Hearth hearth;

    private TestHearth(HearthConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.hearth = Hearth.start(config, clock);
    }

    /// Starts a server that keeps its data in `directory`.
    public static TestHearth start(Path directory) {
        return start(directory, Map.of(), InstantSource.system());
    }

    /// Starts a server that keeps its data in `directory`, is set otherwise by variables of the
    /// environment such as `HEARTH_REGISTRATION_MODE`, and tells the time by `clock`.
    public static TestHearth start(
            Path directory, Map<String, String> settings, InstantSource clock) {
        Map<String, String> environment = new HashMap<>(DEFAULTS);
        environment.put("HEARTH_DATA_DIRECTORY", directory.toString());
        environment.putAll(settings);
        return new TestHearth(ConfigLoader.load(null, environment), clock);
    }

    /// Stops the server and starts it on the same data.
    public void restart() {
        hearth.close();
        hearth = Hearth.start(config, clock);
    }

    /// The server.
    public Hearth hearth() {
        return hearth;
    }

    /// What the server answered.
    ///
    /// @param json the body
    public record Answer(int status, JsonValue json) {
        /// The body as an object.
        public JsonObject body() {
            return (JsonObject) json;
        }

        /// A string member of the body.
        public String string(String name) {
            return body().string(name)
                    .orElseThrow(() -> new AssertionError("No " + name + " in " + this));
        }

        /// Status and error code as the tables of tests write them: `403 M_FORBIDDEN`, `200`.
        public String outcome() {
            Optional<String> code =
                    json instanceof JsonObject object ? object.string("errcode") : Optional.empty();
            return code.map(text -> status + " " + text).orElse(Integer.toString(status));
        }
    }

    /// Registers a user and answers a client of theirs.
    public TestClient register(String username) {
        JsonObject body =
                JsonObject.builder()
                        .put("username", username)
                        .put("password", "secret")
                        .put("auth", JsonObject.of("type", "m.login.dummy"))
                        .build();
        Answer answer = send("POST", DEMAND + "register", null, body.toString());
        return new TestClient(this, answer.string("user_id"), answer.string("access_token"));
    }

    /// Another device of a user.
    public TestClient login(String username) {
        JsonObject body =
                JsonObject.builder()
                        .put("type", "m.login.password")
                        .put("password", "secret")
                        .put(
                                "identifier",
                                JsonObject.builder()
                                        .put("type", "m.id.user")
                                        .put("user", username)
                                        .build())
                        .build();
        Answer answer = send("POST", DEMAND + "login", null, body.toString());
        return new TestClient(this, answer.string("user_id"), answer.string("access_token"));
    }

    /// Makes a request.
    ///
    /// @param path the path from `/_matrix` on, without its first slash
    /// @param body what to send, null for nothing
    public Answer send(String method, String path, @Nullable String token, @Nullable String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + hearth.clientPort() + "/" + path))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), JsonReader.read(response.body()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    /// `text` as one segment of a path or one value of a query.
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        hearth.close();
        client.close();
    }
}
