package chat.hearth.acceptance.cost;

import static chat.hearth.acceptance.wire.Account.V3;
import static chat.hearth.acceptance.wire.Requests.escape;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.homeserver.Hearth;
import chat.hearth.homeserver.config.ConfigLoader;
import chat.hearth.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rooms are read many at once: how many statements a sync takes does not follow from how many
/// rooms it shows. Each limit is little more than what one group of rooms takes.
///
/// Each room has what rooms have: members, a name or none, own messages and those of others,
/// mentions, a thread, redactions, a topic that was changed, receipts, tags. Of every fifth the
/// reader has seen nothing but what came before the join.
final class SyncCostTest {
    /// The first sync of a server that was just started.
    private static final int COLD_MAX = 60;

    /// The same once more, when the rooms are in memory.
    private static final int WARM_MAX = 12;

    /// A sync that goes on where something happened in every room.
    private static final int FOLLOWING_MAX = 24;

    /// A sync that goes on, after a restart, where something happened in every room.
    private static final int RETURNING_MAX = 60;

    /// Fewer than are read at once, so that all of them are one group.
    private static final int ROOMS = 40;

    private static final int LATE_JOIN = 5;

    @TempDir Path directory;

    private Hearth server;
    private Account readerAccount;
    private Account authorAccount;
    private Connection reader;
    private Connection author;
    private int sent;

    @BeforeEach
    void start() throws IOException {
        open();
        readerAccount = Account.register(server.clientPort(), "reader");
        authorAccount = Account.register(server.clientPort(), "author");
        connect();
    }

    @AfterEach
    void stop() {
        reader.close();
        author.close();
        server.close();
    }

    @Test
    void aSyncTakesAsManyStatementsForManyRoomsAsForFew() throws IOException, InterruptedException {
        List<String> rooms = new ArrayList<>();
        for (int n = 0; n < ROOMS; n++) {
            rooms.add(room(n));
        }
        restart();
        double cold = statements("timeout=0");
        double warm = statements("timeout=0");
        String since = Account.sync(reader, "timeout=0").string("next_batch").orElseThrow();
        for (String room : rooms) {
            send(reader, room, Account.text("At eight"));
            talk(room);
        }
        double following = statements("timeout=0&since=" + escape(since));
        restart();
        double returning = statements("timeout=0&since=" + escape(since));
        System.out.printf(
                "syncs of %d rooms: cold %.0f, warm %.0f, following %.0f, returning %.0f%n",
                ROOMS, cold, warm, following, returning);
        check("cold", cold, COLD_MAX);
        check("warm", warm, WARM_MAX);
        check("following", following, FOLLOWING_MAX);
        check("returning", returning, RETURNING_MAX);
    }

    private double statements(String query) throws IOException, InterruptedException {
        try (var meter = new Meter(server.opsPort().orElseThrow(), reader, List.of())) {
            return meter.of(() -> Account.sync(reader, query)).statements();
        }
    }

    private static void check(String what, double statements, int limit) {
        assertTrue(
                statements <= limit,
                () -> "a " + what + " sync takes " + statements + " statements, limit " + limit);
    }

    private String room(int n) throws IOException {
        JsonObject.Builder request = JsonObject.builder().put("preset", "public_chat");
        if (n % 2 == 0) {
            request.put("name", "room " + n);
        }
        String room =
                author.post(V3 + "/createRoom", request.build().toString())
                        .expectOk("createRoom")
                        .string("room_id")
                        .orElseThrow();
        if (n % LATE_JOIN == 0) {
            talk(room);
            Account.join(reader, room);
        } else {
            Account.join(reader, room);
            send(reader, room, Account.text("At eight"));
            talk(room);
        }
        String settings = "/user/" + escape(readerAccount.userId()) + "/rooms/" + escape(room);
        put(reader, settings + "/tags/u.mill", "{}");
        return room;
    }

    private void talk(String room) throws IOException {
        String path = "/rooms/" + escape(room);
        String first = send(author, room, Account.text("Shall we meet at the old mill?"));
        reader.post(V3 + path + "/receipt/m.read/" + escape(first), "{}");
        author.post(V3 + path + "/receipt/m.read/" + escape(first), "{}");
        put(author, path + "/state/m.room.topic/", JsonObject.of("topic", first).toString());
        send(
                author,
                room,
                "{\"body\":\"you\",\"m.mentions\":{\"user_ids\":[\""
                        + readerAccount.userId()
                        + "\"]}}");
        send(
                author,
                room,
                "{\"body\":\"a thread\",\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":\""
                        + first
                        + "\"}}");
        String wrong = send(author, room, Account.text("Wrong room"));
        put(author, path + "/redact/" + escape(wrong) + "/r" + sent++, "{}");
    }

    private String send(Connection by, String room, String content) throws IOException {
        return by.put(Account.sendPath(room, "n" + sent++), content)
                .expectOk("send")
                .string("event_id")
                .orElseThrow();
    }

    private static void put(Connection by, String path, String content) throws IOException {
        by.put(V3 + path, content).expectOk(path);
    }

    private void restart() throws IOException {
        stop();
        open();
        connect();
    }

    private void open() {
        server =
                Hearth.start(
                        ConfigLoader.load(
                                null,
                                Map.of(
                                        "HEARTH_DATA_DIRECTORY", directory.toString(),
                                        "HEARTH_LISTENERS_CLIENT_PORT", "0",
                                        "HEARTH_LISTENERS_OPS_PORT", "0",
                                        "HEARTH_RATE_LIMITS_ENABLED", "false",
                                        "HEARTH_PASSWORD_HASH_MEMORY_KIB", "8",
                                        "HEARTH_PASSWORD_HASH_ITERATIONS", "1")));
    }

    private void connect() throws IOException {
        reader = Connection.open(server.clientPort(), readerAccount.token());
        author = Connection.open(server.clientPort(), authorAccount.token());
    }
}
