package chat.hearth.acceptance.power;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.acceptance.power.Step.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a disk may forget, and what it may not.
final class DiskTest {

    private static final String FILE = "file";
    private static final String ABSENT = "absent";

    /// Enough that whatever can happen does.
    private static final int LOSSES = 300;

    @TempDir Path directory;

    private final Disk disk = new Disk();
    private int calls;

    @Test
    void whatWasSyncedStays() throws IOException {
        run(new Action.Create(FILE), write(0, "abc"), new Action.Sync(FILE));
        run(new Action.SyncNames());
        assertEquals(Set.of("abc"), outcomes());
    }

    @Test
    void whatWasNotSyncedIsKeptOrLost() throws IOException {
        durableFile("abc");
        run(write(1, "x"), write(2, "yz"));
        assertEquals(Set.of("abc", "axc", "abyz", "axyz"), outcomes());
    }

    @Test
    void aWriteMayBeTornBetweenSectors() throws IOException {
        durableFile("a".repeat(514));
        run(write(511, "xyz"));
        Set<String> ends = new TreeSet<>();
        outcomes().forEach(content -> ends.add(content.substring(511)));
        assertEquals(Set.of("aaa", "xaa", "ayz", "xyz"), ends);
    }

    @Test
    void aSyncDoesNotPromiseWhatEndedAfterItBegan() throws IOException {
        durableFile("abc");
        begin(1_000, write(0, "x"));
        begin(1_001, new Action.Sync(FILE));
        disk.apply(new Step.Ended(1_000));
        disk.apply(new Step.Ended(1_001));
        assertEquals(Set.of("abc", "xbc"), outcomes());
    }

    @Test
    void aSyncPromisesNothingBeforeItEnds() throws IOException {
        durableFile("abc");
        run(write(0, "x"));
        begin(1_000, new Action.Sync(FILE));
        assertEquals(Set.of("abc", "xbc"), outcomes());
    }

    @Test
    void truncationsMayBeLostToo() throws IOException {
        durableFile("abc");
        run(new Action.Truncate(FILE, 1));
        assertEquals(Set.of("abc", "a"), outcomes());
    }

    @Test
    void namesMayBeLostUntilTheirDirectoryIsSynced() throws IOException {
        run(new Action.Create(FILE), write(0, "abc"), new Action.Sync(FILE));
        assertEquals(Set.of("abc", ABSENT), outcomes());
        run(new Action.SyncNames(), new Action.Remove(FILE));
        assertEquals(Set.of("abc", ABSENT), outcomes());
        run(new Action.SyncNames());
        assertEquals(Set.of(ABSENT), outcomes());
    }

    private void durableFile(String content) {
        run(
                new Action.Create(FILE),
                write(0, content),
                new Action.Sync(FILE),
                new Action.SyncNames());
    }

    private static Action write(long offset, String text) {
        return new Action.Write(FILE, offset, text.getBytes(StandardCharsets.US_ASCII));
    }

    private void run(Action... actions) {
        for (Action action : List.of(actions)) {
            int call = calls++;
            begin(call, action);
            disk.apply(new Step.Ended(call));
        }
    }

    private void begin(int call, Action action) {
        disk.apply(new Step.Begun(call, action));
    }

    private Set<String> outcomes() throws IOException {
        Set<String> outcomes = new TreeSet<>();
        Path file = directory.resolve(FILE);
        for (int seed = 0; seed < LOSSES; seed++) {
            disk.writeAfterLoss(directory, new Luck(new Random(seed)));
            outcomes.add(Files.exists(file) ? Files.readString(file) : ABSENT);
            Files.deleteIfExists(file);
        }
        return outcomes;
    }
}
