package chat.hearth.homeserver.client.personal;

import chat.hearth.http.HttpServer;
import chat.hearth.http.HttpSettings;
import chat.hearth.http.Listener;
import chat.hearth.http.RequestMetrics;
import chat.hearth.http.Requester;
import chat.hearth.http.TokenOwner;
import chat.hearth.http.limit.RateLimit;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.create.NewRoom;
import chat.hearth.rooms.create.Preset;
import chat.hearth.rooms.event.Marks;
import chat.hearth.rooms.stream.CommitRelay;
import chat.hearth.storage.Account;
import chat.hearth.storage.DatabaseConfig;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The endpoints about what belongs to a user on a free loopback port, over a database of their
/// own. A user's access token is the user's name.
final class PersonalServer implements AutoCloseable {
    static final ServerName NAME = new ServerName("hearth.test");

    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final AtomicLong slow = new AtomicLong();
    private final Map<String, Requester> requesters = new HashMap<>();
    private final Database database;
    private final RoomEngine engine;
    private final PersonalServices services;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    PersonalServer(Path folder, RateLimit limit) {
        InstantSource clock = () -> Instant.ofEpochMilli(now.incrementAndGet());
        var relay = new CommitRelay();
        var ids = new AtomicInteger();
        database = Database.open(DatabaseConfig.Sqlite.at(TestDatabases.sqlite(folder)), relay);
        engine =
                RoomEngine.of(
                        NAME,
                        database.stores(),
                        database.journal(),
                        (_, _, _) -> Marks.NONE,
                        clock,
                        () -> "opaque" + ids.incrementAndGet(),
                        RoomEngine.Limits.DEFAULT);
        relay.connect(engine.listener());
        services = PersonalServices.of(engine, database.stores(), database.journal(), clock);
        add("alice", false, false);
        add("bob", false, false);
        add("guest", true, false);
        add("suspended", false, true);
        var limiter = new RateLimiter(limit, () -> slow.get() * 1_000_000);
        var api = new PersonalApi(services, engine, database.stores(), limiter);
        server =
                HttpServer.start(
                        HttpSettings.defaults(),
                        List.of(Listener.forClients("client", Listener.LOOPBACK, 0, api.routes())),
                        (token, _) -> owner(token),
                        RequestMetrics.NONE);
    }

    static PersonalServer in(Path folder) {
        return new PersonalServer(folder, RateLimit.UNLIMITED);
    }

    static UserId user(String name) {
        return UserId.of(name, NAME);
    }

    private void add(String name, boolean guest, boolean suspended) {
        UserId id = user(name);
        int number =
                database.journal()
                        .write(
                                tx -> {
                                    int given = database.stores().identifiers().user(tx, id);
                                    database.stores()
                                            .accounts()
                                            .add(tx, Account.of(given, id, null, now.get()));
                                    return given;
                                });
        requesters.put(
                name,
                new Requester(id, number, number, "DEVICE", guest, false, suspended, null, true));
    }

    private TokenOwner owner(String token) {
        Requester known = requesters.get(token);
        return known == null ? new TokenOwner.Unknown() : new TokenOwner.Known(known);
    }

    /// What the server answered.
    record Answer(int status, JsonObject body) {
        Optional<String> errcode() {
            return body.string("errcode");
        }
    }

    PersonalServices services() {
        return services;
    }

    RoomEngine engine() {
        return engine;
    }

    int number(String name) {
        Requester known = requesters.get(name);
        if (known == null) {
            throw new IllegalArgumentException(name);
        }
        return known.user();
    }

    void pass(long millis) {
        now.addAndGet(millis);
        slow.addAndGet(millis);
    }

    /// A public room that Alice makes.
    RoomId room() {
        return engine.creation()
                .create(
                        new NewRoom(
                                user("alice"),
                                JsonObject.EMPTY,
                                RoomVersion.V12,
                                Preset.PUBLIC_CHAT,
                                JsonObject.EMPTY,
                                JsonObject.EMPTY,
                                List.of(),
                                null,
                                null,
                                null,
                                Map.of(),
                                false,
                                false));
    }

    void join(String name, RoomId room) {
        engine.memberships().join(user(name), room, JsonObject.EMPTY);
    }

    /// Says something and answers the event's id.
    String say(RoomId room, String name) {
        JsonObject content =
                JsonObject.builder().put("msgtype", "m.text").put("body", "hello").build();
        return engine.pipeline()
                .send(room, EventDraft.message(user(name), "m.room.message", content), null)
                .eventId()
                .value();
    }

    static String encoded(Object segment) {
        return URLEncoder.encode(segment.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    Answer get(String path, @Nullable String token) {
        return send("GET", path, token, null);
    }

    Answer put(String path, String token, String body) {
        return send("PUT", path, token, body);
    }

    Answer post(String path, String token, String body) {
        return send("POST", path, token, body);
    }

    Answer send(String method, String path, @Nullable String token, @Nullable String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + server.port("client")
                                                + "/_matrix/client/v3"
                                                + path))
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
            return new Answer(response.statusCode(), JsonReader.readObject(response.body()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(method + " " + path, e);
        }
    }

    @Override
    public void close() {
        server.close();
        client.close();
        services.close();
        engine.close();
        database.close();
    }
}
