package chat.hearth.acceptance.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.Needed;
import chat.hearth.acceptance.server.ServerProcess;
import chat.hearth.acceptance.server.ServerSettings;
import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Answer;
import chat.hearth.acceptance.wire.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a server does while the disk under its SQLite database refuses.
@Timeout(900)
final class DiskFaultTest {
    private static final Duration END_MAX = Duration.ofMinutes(2);
    private static final int EXIT_DISK = 74;

    @TempDir Path directory;

    @BeforeAll
    static void needTheTracer() {
        Needed.command("strace", "disks that refuse to write");
    }

    @Test
    void aFullDiskRefusesWritesAndNothingElseUntilThereIsRoom() throws Exception {
        try (var server = start()) {
            Account alice = Account.register(server.port(), "alice");
            String room = room(alice);
            send(alice, room, "before").expectOk("a message before");
            String since = sync(alice, "");
            try (var _ = DiskFault.full(server.pid(), database(), log())) {
                for (int i = 0; i < 3; i++) {
                    Answer refused = send(alice, room, "full" + i);
                    assertEquals(503, refused.status(), refused.text());
                    assertEquals("M_UNKNOWN", refused.json().string("errcode").orElseThrow());
                }
                assertEquals(503, ready(server));
                assertTrue(page(server).contains("the database cannot be written to"));
                assertTrue(history(alice, room).contains("before"));
                sync(alice, "&since=" + since);
            }
            awaitReady(server);
            assertTrue(page(server).contains(">well<"));
            send(alice, room, "full0").expectOk("the same message once there is room");

            server.kill();
            server.restart();

            String history = history(alice, room);
            assertTrue(history.contains("before") && history.contains("full0"), history);
            assertFalse(history.contains("full1") || history.contains("full2"), history);
            assertFalse(server.log().contains("\tat "), server.log());
        }
    }

    @Test
    void aDiskThatDoesNotSyncEndsTheServerAndNothingIsAcknowledged() throws Exception {
        try (var server = start()) {
            Account alice = Account.register(server.port(), "alice");
            String room = room(alice);
            send(alice, room, "before").expectOk("a message before");
            try (var _ = DiskFault.unsynced(server.pid(), database(), log())) {
                try {
                    Answer refused = send(alice, room, "lost");
                    assertEquals(503, refused.status(), refused.text());
                } catch (IOException ended) {
                    // The process may end before its answer leaves.
                }
                assertEquals(EXIT_DISK, server.awaitEnd(END_MAX));
            }
            assertTrue(server.log().contains("The disk did not keep what was written"));

            server.restart();

            assertTrue(history(alice, room).contains("before"));
            String event = sent(alice, room, "lost");
            assertEquals(event, sent(alice, room, "lost"));
        }
    }

    private ServerProcess start() {
        return ServerProcess.start(
                ServerSettings.sqlite(directory)
                        .withJvmOptions(
                                List.of(
                                        ServerSettings.HEAP,
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC")));
    }

    private Path database() {
        return directory.resolve("hearth.db");
    }

    private Path log() {
        return directory.resolve("hearth.db-wal");
    }

    private static void awaitReady(ServerProcess server) throws Exception {
        long start = System.nanoTime();
        while (ready(server) != 200) {
            assertTrue(System.nanoTime() - start < END_MAX.toNanos(), server.log());
            Thread.sleep(50);
        }
    }

    /// What a browser shows at the server's address.
    private static String page(ServerProcess server) throws IOException {
        try (Connection connection = Connection.open(server.port())) {
            return connection.get("/").text();
        }
    }

    private static int ready(ServerProcess server) throws IOException {
        try (Connection connection = Connection.open(server.opsPort())) {
            return connection.get("/health/ready").status();
        }
    }

    private static String room(Account account) throws IOException {
        try (Connection client = account.connect()) {
            return Account.createPublicRoom(client, "room");
        }
    }

    private static Answer send(Account account, String room, String text) throws IOException {
        try (Connection client = account.connect()) {
            return client.put(Account.sendPath(room, text), Account.text(text));
        }
    }

    private static String sent(Account account, String room, String text) throws IOException {
        return send(account, room, text).expectOk(text).string("event_id").orElseThrow();
    }

    private static String history(Account account, String room) throws IOException {
        try (Connection client = account.connect()) {
            Answer answer = client.get(Account.V3 + "/rooms/" + room + "/messages?dir=b");
            assertEquals(200, answer.status(), answer.text());
            return answer.text();
        }
    }

    private static String sync(Account account, String query) throws IOException {
        try (Connection client = account.connect()) {
            return client.get(Account.V3 + "/sync?timeout=0" + query)
                    .expectOk("sync")
                    .string("next_batch")
                    .orElseThrow();
        }
    }
}
