package chat.hearth.acceptance.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.server.PostgresServer;
import chat.hearth.acceptance.server.ServerProcess;
import chat.hearth.acceptance.server.ServerSettings;
import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Answer;
import chat.hearth.acceptance.wire.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a server does without its database, without its port, and beside another one.
@Timeout(900)
final class OutageTest {
    private static final List<String> SHORT_LIVED =
            List.of(ServerSettings.HEAP, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final Duration ANSWER_MAX = Duration.ofMinutes(1);

    /// Less than the server waits for a lost database before it says so.
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private static final int TRIES = 5;

    private static final Duration RECOVERY_MAX = Duration.ofMinutes(2);

    @TempDir Path directory;

    @Test
    void withoutItsDatabaseItAnswersSoAndGoesOnWhenItIsBack() throws Exception {
        try (var postgres = PostgresServer.start(directory.resolve("pg"));
                var server = ServerProcess.start(settings("hearth", postgres))) {
            Account alice = Account.register(server.port(), "alice");
            String room;
            try (Connection client = alice.connect()) {
                room = Account.createPublicRoom(client, "room");
            }
            assertEquals(200, status(server.opsPort(), "/health/ready"));
            postgres.kill();
            refused(alice, room, "lost0");
            assertTrue(refusedAtOnce(alice, room), "once it is known, nobody waits");
            assertEquals(503, status(server.opsPort(), "/health/ready"));
            try (Connection browser = Connection.open(server.port())) {
                String page = browser.get("/").text();
                assertTrue(page.contains("the database does not answer"), page);
            }
            postgres.restart();
            long back = System.nanoTime();
            while (status(server.opsPort(), "/health/ready") != 200) {
                assertTrue(System.nanoTime() - back < RECOVERY_MAX.toNanos(), server.log());
                Thread.sleep(50);
            }
            try (Connection client = alice.connect()) {
                client.put(Account.sendPath(room, "again"), Account.text("again"))
                        .expectOk("a message after the outage");
                client.get(Account.V3 + "/rooms/" + room + "/messages?dir=b")
                        .expectOk("history after the outage");
            }
            String log = server.log();
            assertFalse(log.contains("\tat ") || log.contains("Exception"), log);
            assertEquals(1, count(log, "The database cannot be used: "), log);
            assertTrue(count(log, " not served: ") <= 2 * (1 + TRIES) + 1, log);
        }
    }

    /// A slow machine may take long over one answer, not over each.
    private static boolean refusedAtOnce(Account account, String room) throws IOException {
        Duration shortest = ANSWER_MAX;
        for (int n = 1; n <= TRIES && shortest.compareTo(AT_ONCE) >= 0; n++) {
            Duration took = refused(account, room, "lost" + n);
            shortest = took.compareTo(shortest) < 0 ? took : shortest;
        }
        return shortest.compareTo(AT_ONCE) < 0;
    }

    /// Asks for a write and a read.
    ///
    /// @return how long the slower answer took
    private static Duration refused(Account account, String room, String txnId) throws IOException {
        Duration longest = Duration.ZERO;
        for (boolean write : new boolean[] {true, false}) {
            long start = System.nanoTime();
            try (Connection client = account.connect()) {
                Answer answer =
                        write
                                ? client.put(Account.sendPath(room, txnId), Account.text("x"))
                                : client.get(Account.V3 + "/rooms/" + room + "/messages?dir=b");
                assertEquals(503, answer.status(), answer.text());
                assertEquals("M_UNKNOWN", answer.json().string("errcode").orElseThrow());
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(took.compareTo(ANSWER_MAX) < 0, "an answer in time");
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
        return longest;
    }

    @Test
    void aDatabaseHasOneServerUntilThatOneIsDead() {
        try (var postgres = PostgresServer.start(directory.resolve("pg"));
                var first = ServerProcess.start(settings("first", postgres))) {
            var refused =
                    assertThrows(
                            IllegalStateException.class,
                            () -> ServerProcess.start(settings("second", postgres)));
            assertEquals(
                    "hearth: Another Hearth server is running on this database; stop it first",
                    said(String.valueOf(refused.getMessage())));
            first.kill();
            ServerProcess.start(settings("second", postgres)).close();
        }
    }

    @Test
    void aTakenPortIsSaidInOneSentence() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path config = directory.resolve("hearth.yaml");
            Files.writeString(
                    config,
                    """
                    data-directory: "%s"
                    listeners:
                      client: {port: %d}
                    """
                            .formatted(directory, taken.getLocalPort()));
            assertEquals(
                    "hearth: Cannot listen on 127.0.0.1:"
                            + taken.getLocalPort()
                            + ": Address already in use; choose another with listeners.client.port",
                    serve(config, 1));
            assertFalse(Files.exists(directory.resolve("hearth.db-wal")), "closed cleanly");
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsSaidInOneSentence() throws IOException {
        Path config = directory.resolve("hearth.yaml");
        Files.writeString(
                config,
                """
                data-directory: "%s"
                database: {url: "postgresql://nobody@127.0.0.1:1/none"}
                """
                        .formatted(directory));
        String said = serve(config, 1);
        assertTrue(said.startsWith("hearth: The database cannot be used: "), said);
    }

    /// Runs `hearth serve`, which is expected to end by itself.
    private static String serve(Path config, int exitCode) throws IOException {
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "chat.hearth.homeserver.Main",
                                "serve",
                                "--config",
                                config.toString())
                        .redirectErrorStream(true)
                        .start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.onExit().join().exitValue(), printed);
        return said(printed);
    }

    /// The sentence in which the command says why it ended, the only thing that went wrong.
    private static String said(String printed) {
        assertFalse(printed.contains("\tat ") || printed.contains("Exception"), printed);
        assertFalse(printed.contains("warning") || printed.contains("error"), printed);
        List<String> said = printed.lines().filter(line -> line.startsWith("hearth: ")).toList();
        assertEquals(1, said.size(), printed);
        return said.getFirst();
    }

    private ServerSettings settings(String name, PostgresServer postgres) {
        return ServerSettings.postgresql(directory.resolve(name), postgres.url())
                .withJvmOptions(SHORT_LIVED);
    }

    private static int status(int port, String path) throws IOException {
        try (Connection connection = Connection.open(port)) {
            return connection.get(path).status();
        }
    }

    private static int count(String log, String what) {
        return log.split(Pattern.quote(what), -1).length - 1;
    }
}
