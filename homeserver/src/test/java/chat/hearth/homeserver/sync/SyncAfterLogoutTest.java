package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device that is logged out while its sync waits hears nothing more.
final class SyncAfterLogoutTest {
    private static final int SECONDS_MAX = 150;

    private TestHearth server;
    private TestClient alice;
    private TestClient phone;
    private String room;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = TestHearth.start(folder);
        alice = server.register("alice");
        phone = server.login("alice");
        room = alice.room("public_chat");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// The phone's sync, which waits by the time this returns. It asks for no presence, of which
    /// its user's own would end it.
    private CompletableFuture<Answer> waiting() {
        String since = phone.sync("").next();
        String filter = URLEncoder.encode("{\"presence\":{\"types\":[]}}", StandardCharsets.UTF_8);
        CompletableFuture<Answer> poll =
                CompletableFuture.supplyAsync(
                        () -> phone.get("sync?timeout=20000&filter=" + filter + "&since=" + since),
                        work -> Thread.ofVirtual().start(work));
        while (server.engine().feed().waiting() == 0) {
            Thread.onSpinWait();
        }
        return poll;
    }

    private static Answer answer(CompletableFuture<Answer> poll) throws Exception {
        return poll.get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    @Test
    void loggingOutEndsTheWaitOfTheDevice() throws Exception {
        CompletableFuture<Answer> poll = waiting();
        assertEquals(200, phone.post("logout", "{}").status());
        assertEquals("401 M_UNKNOWN_TOKEN", answer(poll).outcome());
    }

    @Test
    void whatIsSaidRightAfterwardsIsNotTold() throws Exception {
        CompletableFuture<Answer> poll = waiting();
        alice.post("logout/all", "{}");
        TestClient again = server.login("alice");
        again.say(room, "a secret");
        assertEquals("401 M_UNKNOWN_TOKEN", answer(poll).outcome());
    }

    @Test
    void anotherDevicesEndAndAnotherNameDoNotEndIt() throws Exception {
        TestClient tablet = server.login("alice");
        CompletableFuture<Answer> poll = waiting();
        assertEquals(200, tablet.post("logout", "{}").status());
        String device = phone.get("account/whoami").string("device_id");
        assertEquals(200, phone.put("devices/" + device, "{\"display_name\":\"x\"}").status());
        alice.say(room, "hello");
        Answer told = answer(poll);
        assertEquals(200, told.status());
        assertEquals(
                Optional.of(true),
                told.body().object("rooms").map(rooms -> rooms.toString().contains("hello")));
    }
}
