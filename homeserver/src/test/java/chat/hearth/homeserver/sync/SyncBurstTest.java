package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.Synced;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users who come back at once after a restart: what all of them need is read once.
final class SyncBurstTest {
    private static final int USERS = 24;
    private static final int ROOMS = 6;
    private static final int MESSAGES = 15;

    /// What is a user's own: settings, receipts, what is unread, who the user is.
    private static final int OWN_STATEMENTS_MAX = 26;

    private TestHearth server;
    private final List<TestClient> users = new ArrayList<>();
    private final List<String> rooms = new ArrayList<>();

    @BeforeEach
    void start(@TempDir Path folder) {
        server = TestHearth.start(folder);
        TestClient host = server.register("host");
        for (int n = 0; n < ROOMS; n++) {
            rooms.add(host.room("public_chat"));
        }
        for (int n = 0; n < USERS; n++) {
            TestClient user = server.register("user" + n);
            rooms.forEach(user::join);
            users.add(user);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatManyNeedIsReadOnce() throws Exception {
        List<String> since = users.stream().map(user -> user.sync("").next()).toList();
        for (int n = 0; n < MESSAGES; n++) {
            for (String room : rooms) {
                users.getFirst().say(room, room + n, "message " + n);
            }
        }
        long alone = statements(1, since);
        long together = statements(USERS, since);

        System.out.printf("a sync alone: %d statements, %d at once: %d%n", alone, USERS, together);
        assertTrue(
                together <= alone + (long) OWN_STATEMENTS_MAX * (USERS - 1),
                () -> "alone " + alone + ", together " + together);
    }

    private long statements(int count, List<String> since) throws Exception {
        server.restart();
        var counter = server.database().metrics().readerStatements();
        long before = counter.sum();
        var start = new CountDownLatch(1);
        var syncs = new ArrayList<FutureTask<Synced>>();
        for (int n = 0; n < count; n++) {
            syncs.add(sync(start, users.get(n), since.get(n)));
        }
        start.countDown();
        for (FutureTask<Synced> sync : syncs) {
            for (String room : rooms) {
                assertEquals(10, sync.get().messages(room).size());
            }
        }
        return counter.sum() - before;
    }

    private static FutureTask<Synced> sync(CountDownLatch start, TestClient user, String since) {
        Callable<Synced> work =
                () -> {
                    start.await();
                    return user.sync("since=" + since);
                };
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }
}
