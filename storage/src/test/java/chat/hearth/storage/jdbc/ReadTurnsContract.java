package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.ReadContext;
import chat.hearth.storage.ReadDroppedException;
import chat.hearth.storage.ReadPriority;
import chat.hearth.storage.ReadScopes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Which reads get a connection when there are not enough, and which are dropped.
abstract class ReadTurnsContract extends OnOneDatabase {
    /// At least as many as there are connections that read.
    private static final int HOLDERS = 8;

    private static final Set<Thread.State> RESTING =
            EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

    private final List<Thread> threads = new ArrayList<>();

    private static ReadContext until(AtomicBoolean connected) {
        return new ReadContext(
                1, ReadPriority.NORMAL, connected::get, System.nanoTime() + Long.MAX_VALUE / 2);
    }

    private FutureTask<Integer> start(ReadContext context) {
        var task = new FutureTask<>(() -> scopes().call(context, this::query));
        threads.add(Thread.ofVirtual().start(task));
        return task;
    }

    private ReadScopes scopes() {
        return open.database().readScopes();
    }

    private int query() {
        return stores.devices().find(1).isEmpty() ? 0 : 1;
    }

    private long statements() {
        return open.database().metrics().readerStatements().sum();
    }

    private long dropped(ReadDroppedException.Reason reason) {
        return open.database().metrics().droppedReads(reason).sum();
    }

    /// Holds every connection that reads until `release`.
    private void holdAll(CountDownLatch release) throws InterruptedException {
        var holding = new AtomicInteger();
        for (int i = 0; i < HOLDERS; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            stores.snapshot(
                                                    () -> {
                                                        holding.incrementAndGet();
                                                        awaitQuietly(release);
                                                        return 0;
                                                    })));
        }
        awaitWaiting(threads);
        assertTrue(holding.get() < HOLDERS);
    }

    private static void awaitQuietly(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitWaiting(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            while (!RESTING.contains(thread.getState())) {
                Thread.sleep(1);
            }
        }
    }

    @Test
    void aReadWhoseClientHasGoneIsDroppedBeforeItRuns() throws Exception {
        var release = new CountDownLatch(1);
        holdAll(release);
        var connected = new AtomicBoolean(true);
        FutureTask<Integer> gone = start(until(connected));
        FutureTask<Integer> stays = start(ReadContext.of(2, ReadPriority.NORMAL));
        awaitWaiting(threads);
        long before = statements();
        connected.set(false);
        release.countDown();

        assertEquals(0, stays.get());
        ExecutionException failed = assertThrows(ExecutionException.class, gone::get);
        var dropped = assertInstanceOf(ReadDroppedException.class, failed.getCause());
        assertEquals(ReadDroppedException.Reason.UNWANTED, dropped.reason());
        assertEquals(1, statements() - before);
        assertEquals(1, dropped(ReadDroppedException.Reason.UNWANTED));
        assertEquals(0, dropped(ReadDroppedException.Reason.LATE));
    }

    @Test
    void aReadWhoseDeadlineHasPassedDoesNotRun() {
        var late = new ReadContext(1, ReadPriority.NORMAL, () -> true, System.nanoTime() - 1);
        long before = statements();

        var dropped =
                assertThrows(ReadDroppedException.class, () -> scopes().call(late, this::query));
        assertEquals(ReadDroppedException.Reason.LATE, dropped.reason());
        assertEquals(before, statements());
        assertEquals(1, dropped(ReadDroppedException.Reason.LATE));
        assertEquals(0, query());
        assertEquals(1, dropped(ReadDroppedException.Reason.LATE));
    }

    @Test
    void manyMoreReadsThanConnectionsAllGetTheirTurn() throws Exception {
        var release = new CountDownLatch(1);
        holdAll(release);
        var reads = new ArrayList<FutureTask<Integer>>();
        List<ReadPriority> priorities = List.of(ReadPriority.values());
        for (int i = 0; i < 300; i++) {
            reads.add(start(ReadContext.of(1 + i % 7, priorities.get(i % priorities.size()))));
        }
        release.countDown();

        for (FutureTask<Integer> read : reads) {
            assertEquals(0, read.get());
        }
    }

    @Test
    void workInASnapshotIsOnBehalfOfTheSameClient() {
        ReadContext mine = ReadContext.of(7, ReadPriority.BULK);

        ReadContext inside = scopes().call(mine, () -> stores.snapshot(() -> scopes().current()));

        assertSame(mine, inside);
    }

    @Test
    void workBetweenReadsEndsWhenTheClientHasGone() {
        var connected = new AtomicBoolean(true);
        var steps = new AtomicInteger();

        assertThrows(
                ReadDroppedException.class,
                () ->
                        scopes().call(
                                        until(connected),
                                        () -> {
                                            scopes().requireWanted();
                                            steps.incrementAndGet();
                                            connected.set(false);
                                            scopes().requireWanted();
                                            return steps.incrementAndGet();
                                        }));
        assertEquals(1, steps.get());
        scopes().requireWanted();
    }
}
