package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static chat.hearth.homeserver.sync.SyncAnswer.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestHearth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server goes on from a backup, and gives the positions that came after it to other things. Who
/// has seen the first ones misses nothing of the second.
final class SyncAfterRestoreTest {
    @TempDir Path directory;
    private TestHearth server;

    @BeforeEach
    void start() {
        server = TestHearth.start(directory.resolve("data"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTokenFromAfterTheBackupStartsAnew() {
        SyncUser alice = user("alice");
        String room = alice.publicRoom();
        alice.say(room, "kept");
        SyncAnswer kept = alice.sync("");
        server.restart(() -> copy("data", "backup"));
        alice.say(room, "lost1");
        SyncAnswer inTheSameRun = alice.since(kept);
        server.restart();
        alice.say(room, "lost2");
        SyncAnswer inALaterRun = alice.since(inTheSameRun);

        server.restart(() -> copy("backup", "data"));
        for (int i = 0; i < 5; i++) {
            alice.say(room, "new" + i);
        }

        List<String> all = List.of("kept", "new0", "new1", "new2", "new3", "new4");
        assertEquals(all, texts(alice.since(inTheSameRun).timeline(room)));
        assertEquals(all, texts(alice.since(inALaterRun).timeline(room)));
        assertEquals(all.subList(1, 6), texts(alice.since(kept).timeline(room)));
    }

    @Test
    void aTokenOfAnEarlierRunIsGoodAfterAnyNumberOfStarts() {
        SyncUser alice = user("alice");
        String room = alice.publicRoom();
        SyncAnswer before = alice.sync("");
        server.restart();
        server.restart();
        alice.say(room, "one");
        server.restart();

        SyncAnswer after = alice.since(before);

        assertEquals(List.of("one"), texts(after.timeline(room)));
        assertEquals(List.of(), after.events(JOIN, room, "state"));
        assertFalse(after.isLimited(room));
        assertTrue(alice.since(after).body().object("rooms").isEmpty());
    }

    private SyncUser user(String name) {
        return new SyncUser(server.register(name), SyncSchema.load());
    }

    private void copy(String from, String to) {
        Path source = directory.resolve(from);
        Path target = directory.resolve(to);
        try (Stream<Path> files = Files.list(source)) {
            delete(target);
            Files.createDirectory(target);
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
