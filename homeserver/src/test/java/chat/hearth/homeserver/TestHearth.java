package chat.hearth.homeserver;

import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.homeserver.client.personal.PersonalServices;
import chat.hearth.homeserver.config.ConfigLoader;
import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.storage.Account;
import chat.hearth.storage.Stores;
import chat.hearth.storage.jdbc.Database;
import chat.hearth.testkit.db.TestDatabases;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A whole server in this process, on a free loopback port, with open registration, cheap password
/// hashes and no rate limits unless asked for. It can be restarted.
public final class TestHearth implements AutoCloseable {
    public static final String NAME = "hearth.test";

    /// The password of everybody whom [#register(String)] makes.
    public static final String PASSWORD = "secret";

    private static final String V3 = "/_matrix/client/v3/";

    private final HearthConfig config;
    private final TestClock clock;
    private final AtomicInteger ids = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Hearth hearth;

    private TestHearth(Map<String, String> environment, TestClock clock) {
        this.config = ConfigLoader.load(null, environment);
        this.clock = clock;
        this.hearth = open();
    }

    private Hearth open() {
        return Hearth.start(config, clock, clock::nanoTime);
    }

    /// Starts a server that keeps its data in `directory`, in SQLite.
    public static TestHearth start(Path directory) {
        return in(directory).start();
    }

    /// A server to be started that keeps its data in `directory`, in SQLite unless told otherwise.
    public static Setup in(Path directory) {
        return new Setup(directory);
    }

    /// How a server is to be started.
    public static final class Setup {
        private final Map<String, String> environment = new HashMap<>();
        private boolean still;

        private Setup(Path directory) {
            with("SERVER_NAME", NAME);
            with("BASE_URL", "https://" + NAME);
            with("DATA_DIRECTORY", directory.toString());
            with("LISTENERS_CLIENT_PORT", "0");
            with("LISTENERS_OPS_ENABLED", "false");
            with("REGISTRATION_MODE", "open");
            with("RATE_LIMITS_ENABLED", "false");
            with("PASSWORD_HASH_MEMORY_KIB", "8");
            with("PASSWORD_HASH_ITERATIONS", "1");
            with("PASSWORD_HASH_LENGTH_MIN", "1");
            with("DATABASE_READERS", "2");
        }

        /// Configures something.
        ///
        /// @param key such as `REGISTRATION_MODE`: the variable without `HEARTH_`
        public Setup with(String key, String value) {
            environment.put("HEARTH_" + key, value);
            return this;
        }

        /// Keeps the data in a new database of a real PostgreSQL.
        public Setup postgres() {
            TestDatabases.PostgresDatabase database = TestDatabases.postgres();
            String address = database.url().substring("jdbc:postgresql://".length());
            return with("DATABASE_URL", "postgresql://" + database.user() + "@" + address);
        }

        /// Turns rate limits on and sets one of them.
        ///
        /// @param kind such as `LOGIN`
        public Setup limit(String kind, int burst, double perSecond) {
            with("RATE_LIMITS_ENABLED", "true");
            with("RATE_LIMITS_" + kind + "_BURST", Integer.toString(burst));
            return with("RATE_LIMITS_" + kind + "_PER_SECOND", Double.toString(perSecond));
        }

        /// Lets time pass only when [TestHearth#pass] says so.
        public Setup stillClock() {
            still = true;
            return this;
        }

        /// What it would be started with.
        HearthConfig config() {
            return ConfigLoader.load(null, environment);
        }

        /// Starts it.
        public TestHearth start() {
            return new TestHearth(environment, still ? TestClock.still() : TestClock.running());
        }
    }

    /// Stops the server and starts it on the same data.
    public void restart() {
        restart(() -> {});
    }

    /// Stops the server, does something, and starts it.
    public void restart(Runnable between) {
        hearth.close();
        between.run();
        hearth = open();
    }

    /// Moves the server's time on.
    public void pass(Duration time) {
        clock.pass(time);
    }

    /// The server.
    public Hearth hearth() {
        return hearth;
    }

    /// The server's rooms.
    public RoomEngine engine() {
        return hearth.services().engine();
    }

    /// The server's accounts.
    public AccountServices accounts() {
        return hearth.services().accounts();
    }

    /// What belongs to the server's users.
    public PersonalServices personal() {
        return hearth.services().personal();
    }

    /// The server's database.
    public Database database() {
        return hearth.services().database();
    }

    /// What the server's database holds.
    public Stores stores() {
        return database().stores();
    }

    /// The number of a user who exists.
    public int number(String userId) {
        return stores().identifiers().findUser(new UserId(userId)).orElseThrow();
    }

    /// A transaction id, or another id, that no other call was given.
    String newId() {
        return "id" + ids.incrementAndGet();
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

        /// The code of an error, if it is one.
        public Optional<String> errcode() {
            return json instanceof JsonObject object ? object.string("errcode") : Optional.empty();
        }

        /// Status and error code as the tables of tests write them: `403 M_FORBIDDEN`, `200`.
        public String outcome() {
            return errcode().map(text -> status + " " + text).orElse(Integer.toString(status));
        }
    }

    /// Registers a user and answers a client of theirs.
    public TestClient register(String username) {
        return client(registration(username));
    }

    /// Another device of a user.
    public TestClient login(String username) {
        return client(login(username, PASSWORD));
    }

    /// A guest; the server makes none when asked over the network.
    public TestClient guest(String username) {
        var id = UserId.of(username, new ServerName(NAME));
        int user =
                database()
                        .journal()
                        .write(
                                tx -> {
                                    int given = stores().identifiers().user(tx, id);
                                    stores().accounts().add(tx, guest(given, id));
                                    return given;
                                });
        JsonObject login =
                JsonObject.builder()
                        .put("type", "m.login.token")
                        .put(
                                "token",
                                accounts()
                                        .logins()
                                        .loginToken(accounts().accounts().require(user))
                                        .token())
                        .build();
        return client(post(V3 + "login", null, login.toString()));
    }

    private Account guest(int user, UserId id) {
        return new Account(user, id, null, clock.millis(), false, true, false, false, false, false);
    }

    private TestClient client(Answer answer) {
        return new TestClient(this, answer.string("user_id"), answer.string("access_token"));
    }

    /// Asks to register a user.
    public Answer registration(String username) {
        JsonObject body =
                JsonObject.builder()
                        .put("username", username)
                        .put("password", PASSWORD)
                        .put("auth", JsonObject.of("type", "m.login.dummy"))
                        .build();
        return post(V3 + "register", null, body.toString());
    }

    /// Asks to log a user in on a new device.
    public Answer login(String user, String password) {
        JsonObject body =
                JsonObject.builder()
                        .put("type", "m.login.password")
                        .put("password", password)
                        .put(
                                "identifier",
                                JsonObject.builder()
                                        .put("type", "m.id.user")
                                        .put("user", user)
                                        .build())
                        .build();
        return post(V3 + "login", null, body.toString());
    }

    /// `GET` of a path from `/` on.
    public Answer get(String path, @Nullable String token) {
        return send("GET", path, token, null);
    }

    /// `POST` to a path from `/` on.
    public Answer post(String path, @Nullable String token, String body) {
        return send("POST", path, token, body);
    }

    /// Makes a request that is answered in JSON.
    ///
    /// @param path the path from `/` on; its first slash may be left out
    /// @param body what to send, null for nothing
    public Answer send(String method, String path, @Nullable String token, @Nullable String body) {
        HttpResponse<byte[]> response = exchange(method, path, token, body);
        return new Answer(response.statusCode(), JsonReader.read(response.body()));
    }

    /// Makes any request, as [#send] does.
    public HttpResponse<byte[]> exchange(
            String method, String path, @Nullable String token, @Nullable String body) {
        String slash = path.startsWith("/") ? "" : "/";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + hearth.clientPort() + slash + path))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
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
