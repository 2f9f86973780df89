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
import java.util.List;

/// A server with a heap of 96 MiB, and somebody who goes on using it while others attack.
final class Victim implements AutoCloseable {
    private static final int ROUNDS_MIN = 20;

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
    /// has to be served each time.
    void isServedDuring(Attack attack) throws IOException {
        long end = System.nanoTime() + Attack.DURATION.toNanos();
        for (int round = 0; round < ROUNDS_MIN || System.nanoTime() - end < 0; round++) {
            try (Connection anybody = Connection.open(port())) {
                served(anybody.get("/_matrix/client/versions"));
            }
            try (Connection user = bystander.connect()) {
                served(user.put(Account.sendPath(room, "t" + round), Account.text("hello")));
            }
        }
        assertTrue(attack.rounds() > 0, "the attack went on");
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
