package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sync whose client has gone is not answered when something happens.
final class SyncClientGoneTest {
    private static final Logger ACCESS_LOG = Logger.getLogger(HttpServer.ACCESS_LOG);

    /// Longer than the server goes without a look at a client.
    private static final int LOOKED_AT_MILLIS = 100;

    private final List<String> answered = new CopyOnWriteArrayList<>();
    private final Handler handler = new Lines();
    private TestHearth server;
    private Level levelBefore;

    private final class Lines extends Handler {
        @Override
        public void publish(LogRecord line) {
            answered.add(line.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        levelBefore = ACCESS_LOG.getLevel();
        ACCESS_LOG.setLevel(Level.INFO);
        ACCESS_LOG.addHandler(handler);
        server = TestHearth.start(folder);
    }

    @AfterEach
    void stop() {
        ACCESS_LOG.removeHandler(handler);
        ACCESS_LOG.setLevel(levelBefore);
        server.close();
    }

    @Test
    void longPollsOfClientsThatHaveGoneAreNotAnswered() throws Exception {
        TestClient alice = server.register("alice");
        TestClient bob = server.register("bob");
        String room = alice.createRoom("{\"preset\":\"public_chat\"}");
        bob.join(room);
        String since = bob.sync("").next();
        var gone = new ArrayList<Socket>();
        for (int i = 0; i < 5; i++) {
            gone.add(poll(bob, since));
        }
        try (Socket stays = poll(bob, since)) {
            awaitCount(6, server.engine().feed()::waiting);
            for (Socket socket : gone) {
                socket.close();
            }
            Thread.sleep(LOOKED_AT_MILLIS);
            answered.clear();

            alice.say(room, "t1", "hello");
            assertEquals('H', stays.getInputStream().read());
            awaitCount(1, this::syncs);
        }
        awaitCount(0, server.engine().feed()::waiting);
        server.restart();

        assertEquals(1, syncs());
    }

    private long syncs() {
        return answered.stream().filter(line -> line.contains("/sync\" status=200 ")).count();
    }

    private Socket poll(TestClient client, String since) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.hearth().clientPort());
        String request =
                "GET /_matrix/client/v3/sync?timeout=60000&since="
                        + since
                        + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer "
                        + client.token()
                        + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void awaitCount(long wanted, LongSupplier count) throws InterruptedException {
        while (count.getAsLong() != wanted) {
            Thread.sleep(5);
        }
    }
}
