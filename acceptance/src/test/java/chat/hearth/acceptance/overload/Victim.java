package chat.hearth.acceptance.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.server.ServerProcess;
import chat.hearth.acceptance.server.ServerSettings;
import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Answer;
import chat.hearth.acceptance.wire.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A server with a heap of 96 MiB, and somebody who goes on using it while others attack.
final class Victim implements AutoCloseable {
    private static final int ROUNDS_MIN = 20;

    /// How long an answer may take.
    private static final Duration PROMPT = Duration.ofSeconds(1);

    /// One answer in so many may take longer. Attacker, server and everything else that runs share
    /// the machine's processors: the short form, which runs beside other tests, is content with
    /// half of the answers.
    private static final int LATE_PART = Attack.IS_LONG ? 10 : 2;

    private final ServerProcess server;
    private final Account bystander;
    private final String room;

    private Victim(ServerProcess server) throws IOException {
        this.server = server;
        this.bystander = Account.register(server.port(), "bystander");
        try (Connection connection = bystander.connect()) {
            this.room = Account.createPublicRoom(connection, "quiet");
        }
    }

    static Victim start(Path directory) throws IOException {
        return new Victim(
                ServerProcess.start(
                        ServerSettings.sqlite(directory)
                                .withJvmOptions(List.of("-Xmx96m", "-XX:+UseSerialGC"))));
    }

    int port() {
        return server.port();
    }

    /// Uses the server for as long as an attack lasts, each time over a connection of its own, and
    /// has to be served each time, and promptly.
    void isServedDuring(Attack attack) throws IOException {
        long end = System.nanoTime() + Attack.DURATION.toNanos();
        var times = new ArrayList<Duration>();
        for (int round = 0; round < ROUNDS_MIN || System.nanoTime() - end < 0; round++) {
            String message = Account.sendPath(room, "t" + round);
            times.add(
                    timed(
                            Connection.open(port()),
                            anybody -> anybody.get("/_matrix/client/versions")));
            times.add(timed(bystander.connect(), user -> user.put(message, Account.text("hello"))));
        }
        assertTrue(attack.rounds() > 0, "the attack went on");
        times.sort(null);
        Duration usual = times.get(times.size() - 1 - times.size() / LATE_PART);
        assertTrue(usual.compareTo(PROMPT) <= 0, () -> "answers took " + times);
    }

    /// One use of the server.
    @FunctionalInterface
    private interface Use {
        Answer of(Connection connection) throws IOException;
    }

    private static Duration timed(Connection opened, Use use) throws IOException {
        long begun = System.nanoTime();
        try (Connection connection = opened) {
            served(use.of(connection));
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static void served(Answer answer) {
        assertEquals(200, answer.status(), answer.text());
    }

    /// The server lives, and nothing of it has run out.
    void isUnharmed() throws IOException {
        try (Connection anybody = Connection.open(port())) {
            served(anybody.get("/_matrix/client/versions"));
        }
        String log = server.log();
        assertTrue(!log.contains("OutOfMemoryError") && !log.contains("\tat "), log);
    }

    @Override
    public void close() {
        server.close();
    }
}
