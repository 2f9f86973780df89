package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.ReadContext;
import chat.hearth.storage.ReadDroppedException;
import chat.hearth.storage.ReadPriority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadQueueTest {
    private final ReadQueue<Read> queue = new ReadQueue<>(2);

    private record Read(String name, ReadContext context) implements ReadQueue.Waiting {}

    private static Read read(String name, int owner, ReadPriority priority) {
        return new Read(name, ReadContext.of(owner, priority));
    }

    private void add(String name, int owner, ReadPriority priority) {
        queue.add(read(name, owner, priority));
    }

    /// Runs everything that waits, one read after the other.
    private List<String> runAll() {
        var names = new ArrayList<String>();
        for (Read read = queue.poll(); read != null; read = queue.poll()) {
            names.add(read.name());
            queue.finished(read);
        }
        return names;
    }

    @Test
    void logInsGoBeforeRequestsAndRequestsBeforeSyncs() {
        add("housekeeping", ReadContext.NOBODY, ReadPriority.BACKGROUND);
        add("sync", 1, ReadPriority.BULK);
        add("request", 2, ReadPriority.NORMAL);
        add("log-in", ReadContext.NOBODY, ReadPriority.URGENT);

        assertEquals(List.of("log-in", "request", "sync", "housekeeping"), runAll());
    }

    @Test
    void theSecondReadOfAUserWaitsForTheFirstOfEveryOther() {
        add("1a", 1, ReadPriority.BULK);
        add("1b", 1, ReadPriority.BULK);
        add("1c", 1, ReadPriority.BULK);
        add("2a", 2, ReadPriority.BULK);
        add("3a", 3, ReadPriority.BULK);
        add("2b", 2, ReadPriority.BULK);

        assertEquals(List.of("1a", "2a", "3a", "1b", "2b", "1c"), runAll());
    }

    @Test
    void aUserHasOnlyAFewReadsRunning() {
        for (int i = 0; i < 3; i++) {
            add("1-" + i, 1, ReadPriority.NORMAL);
        }
        Read first = queue.poll();
        Read second = queue.poll();

        assertNull(queue.poll());
        assertNotNull(first);
        assertNotNull(second);

        add("2", 2, ReadPriority.NORMAL);
        assertEquals(List.of("2"), runAll());
        queue.finished(first);
        assertEquals(List.of("1-2"), runAll());
    }

    @Test
    void whatIsNoUsersIsNotLimitedLikeAUser() {
        for (int i = 0; i < 5; i++) {
            add("" + i, ReadContext.NOBODY, ReadPriority.URGENT);
        }
        for (int i = 0; i < 5; i++) {
            assertNotNull(queue.poll());
        }
    }

    @Test
    void aSyncHasItsTurnThoughRequestsKeepComing() {
        add("sync", 1, ReadPriority.BULK);
        for (int i = 0; i < 20; i++) {
            add("request", 10 + i, ReadPriority.NORMAL);
        }

        var expected = new ArrayList<>(Collections.nCopies(20, "request"));
        expected.add(ReadQueue.PASSED_MAX, "sync");
        assertEquals(expected, runAll());
    }

    @Test
    void housekeepingHasItsTurnThoughSyncsKeepComing() {
        add("housekeeping", ReadContext.NOBODY, ReadPriority.BACKGROUND);
        for (int i = 0; i < 50; i++) {
            add("sync", 10 + i, ReadPriority.BULK);
        }

        assertEquals(ReadQueue.BACKGROUND_PASSED_MAX, runAll().indexOf("housekeeping"));
    }

    @Test
    void oneUserCannotFillTheQueue() {
        for (int i = 0; i < ReadQueue.OWNER_WAITING_MAX; i++) {
            add("mine", 1, ReadPriority.NORMAL);
        }

        assertThrows(ReadDroppedException.class, () -> add("one too many", 1, ReadPriority.NORMAL));
        add("another's", 2, ReadPriority.NORMAL);
        assertEquals(ReadQueue.OWNER_WAITING_MAX + 1, queue.size());
    }

    @Test
    void aFullQueueRefusesMore() {
        for (int i = 0; i < ReadQueue.WAITING_MAX; i++) {
            add("read", 1 + i, ReadPriority.NORMAL);
        }

        assertThrows(ReadDroppedException.class, () -> add("one too many", 0, ReadPriority.URGENT));
        assertEquals(ReadQueue.WAITING_MAX, runAll().size());
        add("again", 1, ReadPriority.NORMAL);
        assertEquals(1, queue.size());
    }

    @Test
    void whatIsTakenBackNeverRuns() {
        Read gone = read("gone", 1, ReadPriority.NORMAL);
        queue.add(gone);
        add("stays", 1, ReadPriority.NORMAL);

        assertTrue(queue.remove(gone));
        assertFalse(queue.remove(gone));
        assertEquals(List.of("stays"), runAll());
        assertEquals(0, queue.size());
    }
}
