package chat.hearth.rooms;

import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.create.NewRoom;
import chat.hearth.rooms.create.Preset;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Sent;
import chat.hearth.rooms.history.EventRenderer;
import chat.hearth.rooms.history.RoomSight;
import chat.hearth.rooms.stream.CommitRelay;
import chat.hearth.rooms.unread.DefaultRuleMarker;
import chat.hearth.storage.Account;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelineQuery;
import chat.hearth.storage.jdbc.Database;
import chat.hearth.testkit.db.TestDatabases;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A room engine over a database of its own, which can be opened again.
public final class TestRooms implements AutoCloseable {
    public static final ServerName SERVER = new ServerName("hearth.test");
    public static final UserId ALICE = user("alice");
    public static final UserId BOB = user("bob");
    public static final UserId CAROL = user("carol");

    private static final AtomicLong IDS = new AtomicLong();

    private final DatabaseConfig config;
    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private volatile @Nullable Runnable announced;
    private Database database;
    private RoomEngine engine;

    private TestRooms(DatabaseConfig config) {
        this.config = config;
        var relay = new CommitRelay();
        this.database = Database.open(config, relay, new SecureRandom());
        this.engine = engine(database, relay);
    }

    public static TestRooms sqlite(Path directory) {
        return new TestRooms(DatabaseConfig.Sqlite.at(TestDatabases.sqlite(directory)));
    }

    public static TestRooms postgres() {
        TestDatabases.PostgresDatabase fresh = TestDatabases.postgres();
        return new TestRooms(
                DatabaseConfig.Postgres.at(fresh.url(), fresh.user(), fresh.password()));
    }

    private RoomEngine engine(Database database, CommitRelay relay) {
        Supplier<String> ids = () -> "id" + IDS.incrementAndGet();
        var made =
                RoomEngine.of(
                        SERVER,
                        database.stores(),
                        database.journal(),
                        database.vital(),
                        new DefaultRuleMarker(SERVER, database.stores().identifiers()),
                        () -> Instant.ofEpochMilli(now.incrementAndGet()),
                        ids,
                        RoomEngine.Limits.DEFAULT);
        relay.connect(made.listener().then(_ -> runAnnounced()));
        return made;
    }

    /// Does something, on another thread, after each commit was announced and before whoever wrote
    /// has the answer.
    public void whenAnnounced(Runnable work) {
        announced = work;
    }

    /// The journal's thread does not read as others do.
    private void runAnnounced() {
        Runnable work = announced;
        if (work == null) {
            return;
        }
        try {
            Thread.ofPlatform().start(work).join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Closes everything and opens it again, as a restart does.
    public void reopen() {
        close();
        var relay = new CommitRelay();
        database = Database.open(config, relay, new SecureRandom());
        engine = engine(database, relay);
    }

    /// Does something to the same database of which this engine is told nothing.
    public void unheard(Consumer<RoomEngine> work) {
        try (Database other = Database.openBeside(config);
                RoomEngine made = engine(other, new CommitRelay())) {
            work.accept(made);
        }
    }

    public static UserId user(String localpart) {
        return UserId.of(localpart, SERVER);
    }

    public RoomEngine engine() {
        return engine;
    }

    public Database database() {
        return database;
    }

    public Stores stores() {
        return database.stores();
    }

    public Room room(RoomId id) {
        return engine.rooms().require(id);
    }

    /// Gives a user an account, without which nobody is invited.
    public void addAccount(UserId user) {
        database.journal()
                .write(
                        tx -> {
                            int number = stores().identifiers().user(tx, user);
                            return stores().accounts()
                                    .add(tx, Account.of(number, user, null, now.get()));
                        });
    }

    public int number(UserId user) {
        return stores().identifiers().findUser(user).orElseThrow();
    }

    /// A public room of `version` that Alice makes.
    public RoomId create(RoomVersion version) {
        return create(version, Preset.PUBLIC_CHAT);
    }

    public RoomId create(RoomVersion version, Preset preset) {
        return engine.creation().create(newRoom(version, preset));
    }

    public static NewRoom newRoom(RoomVersion version, Preset preset) {
        return new NewRoom(
                ALICE,
                JsonObject.EMPTY,
                version,
                preset,
                JsonObject.EMPTY,
                JsonObject.EMPTY,
                List.of(),
                "Hearth",
                "A room",
                null,
                Map.of(),
                false,
                false);
    }

    public Sent say(RoomId room, UserId sender, String text) {
        return engine.pipeline().send(room, message(sender, text), null);
    }

    public static EventDraft message(UserId sender, String text) {
        return EventDraft.message(
                sender,
                "m.room.message",
                JsonObject.builder().put("msgtype", "m.text").put("body", text).build());
    }

    public Sent state(RoomId room, UserId sender, String type, String key, String content) {
        return engine.pipeline()
                .send(
                        room,
                        EventDraft.state(sender, type, key, JsonReader.readObject(content)),
                        null);
    }

    public void join(UserId user, RoomId room) {
        engine.memberships().join(user, false, room, JsonObject.EMPTY);
    }

    /// The room's whole timeline as it is stored, oldest first.
    public List<StoredEvent> timeline(RoomId room) {
        return stores().events()
                .timeline(TimelineQuery.latest(room(room).number(), 10_000))
                .reversed();
    }

    public StoredEvent event(EventId id) {
        return stores().events().byId(id).orElseThrow();
    }

    /// An event as `user` gets it.
    public JsonObject rendered(RoomId room, EventId id, UserId user, int device) {
        RoomSight sight = engine.gate().sight(room(room), user);
        var viewer = new EventRenderer.Viewer(sight, number(user), device);
        return JsonReader.readObject(engine.renderer().event(event(id), viewer, room));
    }

    @Override
    public void close() {
        engine.close();
        database.close();
    }
}
