package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.client.personal.PersonalServices;
import chat.hearth.homeserver.config.SyncConfig;
import chat.hearth.http.HttpServer;
import chat.hearth.http.HttpSettings;
import chat.hearth.http.Listener;
import chat.hearth.http.RequestMetrics;
import chat.hearth.http.Requester;
import chat.hearth.http.TokenOwner;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.create.NewRoom;
import chat.hearth.rooms.create.Preset;
import chat.hearth.rooms.event.Sent;
import chat.hearth.rooms.presence.PresenceTracker;
import chat.hearth.rooms.stream.CommitRelay;
import chat.hearth.rooms.unread.DefaultRuleMarker;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.Change;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.Stores;
import chat.hearth.storage.jdbc.Database;
import chat.hearth.testkit.db.TestDatabases;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// `/sync` on a free loopback port over a database of its own. The access token of a user is the
/// user's localpart; rooms are changed through the engine.
final class SyncServer implements AutoCloseable {
    static final ServerName NAME = new ServerName("hearth.test");
    static final UserId ALICE = UserId.of("alice", NAME);
    static final UserId BOB = UserId.of("bob", NAME);
    static final UserId CAROL = UserId.of("carol", NAME);

    private static final AtomicLong IDS = new AtomicLong();

    private final DatabaseConfig config;
    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Database database;
    private RoomEngine engine;
    private HttpServer server;
    private PersonalServices personal;

    private SyncServer(DatabaseConfig config) {
        this.config = config;
        open();
    }

    static SyncServer start(Path folder) {
        return new SyncServer(DatabaseConfig.Sqlite.at(TestDatabases.sqlite(folder)));
    }

    private void open() {
        var relay = new CommitRelay();
        database = Database.open(config, relay);
        engine =
                RoomEngine.of(
                        NAME,
                        database.stores(),
                        database.journal(),
                        new DefaultRuleMarker(NAME, database.stores().identifiers()),
                        () -> Instant.ofEpochMilli(now.incrementAndGet()),
                        () -> "id" + IDS.incrementAndGet(),
                        RoomEngine.Limits.DEFAULT);
        relay.connect(engine.listener());
        personal =
                PersonalServices.of(
                        engine,
                        database.stores(),
                        database.journal(),
                        () -> Instant.ofEpochMilli(now.get()));
        var api =
                new SyncApi(
                        engine,
                        database.stores(),
                        new SyncConfig(Duration.ofSeconds(10), 100, 1_000),
                        personal.syncPresence(),
                        "boot" + IDS.incrementAndGet());
        server =
                HttpServer.start(
                        HttpSettings.defaults(),
                        List.of(Listener.forClients("client", Listener.LOOPBACK, 0, api.routes())),
                        (token, _) -> owner(token),
                        RequestMetrics.NONE);
    }

    private TokenOwner owner(String token) {
        UserId user = UserId.of(token, NAME);
        int number = number(user);
        return new TokenOwner.Known(Requester.user(user, number, number, "DEVICE"));
    }

    /// The user's number, given now if there was none; a device's is the same.
    int number(UserId user) {
        return database.journal().write(tx -> stores().identifiers().user(tx, user));
    }

    Stores stores() {
        return database.stores();
    }

    Database database() {
        return database;
    }

    RoomEngine engine() {
        return engine;
    }

    PresenceTracker presence() {
        return personal.presence();
    }

    /// Closes everything and opens it again, as a restart does.
    void restart() {
        closeServer();
        open();
    }

    RoomId room(UserId creator, Preset preset) {
        return engine.creation()
                .create(
                        new NewRoom(
                                creator,
                                JsonObject.EMPTY,
                                RoomVersion.V12,
                                preset,
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

    Sent say(RoomId room, UserId sender, String text) {
        return send(room, sender, JsonObject.builder().put("msgtype", "m.text").put("body", text));
    }

    Sent send(RoomId room, UserId sender, JsonObject.Builder content) {
        return engine.pipeline()
                .send(room, EventDraft.message(sender, "m.room.message", content.build()), null);
    }

    Sent state(RoomId room, UserId sender, String type, String key, String content) {
        return engine.pipeline()
                .send(
                        room,
                        EventDraft.state(sender, type, key, JsonReader.readObject(content)),
                        null);
    }

    void join(UserId user, RoomId room) {
        engine.memberships().join(user, room, JsonObject.EMPTY);
    }

    void receipt(RoomId room, UserId user, String type, String thread, Sent event) {
        int roomNumber = engine.rooms().require(room).number();
        int userNumber = number(user);
        database.journal()
                .write(
                        tx -> {
                            long position = tx.nextPosition();
                            stores().receipts()
                                    .put(
                                            tx,
                                            new Receipt(
                                                    roomNumber,
                                                    userNumber,
                                                    type,
                                                    thread,
                                                    event.position(),
                                                    now.get(),
                                                    position));
                            tx.announce(
                                    new Change(
                                            position, Change.Kind.RECEIPT, roomNumber, userNumber));
                            return position;
                        });
    }

    /// Sets account data.
    ///
    /// @param room null for global
    void accountData(UserId user, @Nullable RoomId room, String type, String json) {
        int roomNumber = room == null ? 0 : engine.rooms().require(room).number();
        int userNumber = number(user);
        database.journal()
                .write(
                        tx -> {
                            long position = tx.nextPosition();
                            stores().accountData()
                                    .put(
                                            tx,
                                            new AccountData(
                                                    userNumber,
                                                    roomNumber,
                                                    type,
                                                    position,
                                                    json.getBytes(StandardCharsets.UTF_8)));
                            tx.announce(
                                    new Change(
                                            position,
                                            Change.Kind.ACCOUNT_DATA,
                                            roomNumber,
                                            userNumber));
                            return position;
                        });
    }

    /// The answer to a sync that must succeed.
    ///
    /// @param query such as `since=…&timeout=0`
    Synced sync(UserId user, String query) {
        HttpResponse<byte[]> response = exchange(user, query);
        String text = new String(response.body(), StandardCharsets.UTF_8);
        assertEquals(200, response.statusCode(), text);
        return new Synced(JsonReader.readObject(response.body()));
    }

    Synced syncSince(UserId user, String since) {
        return sync(user, "since=" + since);
    }

    HttpResponse<byte[]> exchange(UserId user, String query) {
        URI uri =
                URI.create(
                        "http://127.0.0.1:"
                                + server.port("client")
                                + "/_matrix/client/v3/sync?"
                                + query);
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + user.localpart())
                        .build();
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(query, e);
        }
    }

    static String filter(String json) {
        return "filter=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    /// An answer of `/sync`.
    record Synced(JsonObject body) {
        String next() {
            return body.string("next_batch").orElseThrow();
        }

        boolean has(String section, RoomId room) {
            return body.object("rooms")
                    .flatMap(rooms -> rooms.object(section))
                    .flatMap(rooms -> rooms.object(room.value()))
                    .isPresent();
        }

        JsonObject in(String section, RoomId room) {
            return body.object("rooms")
                    .flatMap(rooms -> rooms.object(section))
                    .flatMap(rooms -> rooms.object(room.value()))
                    .orElseThrow(() -> new AssertionError("No " + room + " in " + body));
        }

        JsonObject joined(RoomId room) {
            return in("join", room);
        }

        /// The events of a list such as `timeline` of a joined room.
        List<JsonObject> events(RoomId room, String list) {
            return events(joined(room), list);
        }

        static List<JsonObject> events(JsonObject room, String list) {
            return room.object(list).orElseThrow().array("events").orElseThrow().values().stream()
                    .map(JsonObject.class::cast)
                    .toList();
        }

        /// The bodies of the messages in a joined room's timeline.
        List<String> messages(RoomId room) {
            return events(room, "timeline").stream()
                    .filter(event -> event.string("type").orElseThrow().equals("m.room.message"))
                    .map(event -> event.object("content").orElseThrow())
                    .map(content -> content.string("body").orElseThrow())
                    .toList();
        }

        long notifications(RoomId room) {
            return joined(room)
                    .object("unread_notifications")
                    .orElseThrow()
                    .integer("notification_count")
                    .orElseThrow();
        }

        long highlights(RoomId room) {
            return joined(room)
                    .object("unread_notifications")
                    .orElseThrow()
                    .integer("highlight_count")
                    .orElseThrow();
        }
    }

    static List<JsonObject> objects(JsonArray array) {
        return array.values().stream().map(JsonObject.class::cast).toList();
    }

    private void closeServer() {
        engine.feed().endWaiting();
        server.close();
        personal.close();
        engine.close();
        database.close();
    }

    @Override
    public void close() {
        closeServer();
        client.close();
    }
}
