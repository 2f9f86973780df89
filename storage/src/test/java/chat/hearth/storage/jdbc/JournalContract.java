package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.id.UserId;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.Change;
import chat.hearth.storage.Guard;
import chat.hearth.storage.Journal;
import chat.hearth.storage.StaleHeadException;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import chat.hearth.storage.WriteTicket;
import chat.hearth.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every journal promises.
abstract class JournalContract {
    private OpenDatabase open;

    abstract OpenDatabase openFresh(int queueCapacity);

    @BeforeEach
    void openDatabase() {
        open = openFresh(64);
    }

    @AfterEach
    void closeDatabase() {
        open.close();
    }

    @Test
    void positionsStartAtOneAndGoOnAfterARestart() {
        assertEquals(0, journal().announcedPosition());
        assertEquals(1L, journal().write(WriteTransaction::nextPosition));
        assertEquals(2L, journal().write(WriteTransaction::nextPosition));
        open.reopen();
        assertEquals(2, journal().announcedPosition());
        assertEquals(3L, journal().write(WriteTransaction::nextPosition));
    }

    @Test
    void sixtyFourWritersGetEveryPositionOnceAndHearThemInOrder() throws InterruptedException {
        long writers = 64;
        int each = 25;
        List<Thread> threads = new ArrayList<>();
        List<Long> given = new CopyOnWriteArrayList<>();
        for (int i = 1; i <= writers; i++) {
            int user = i;
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int n = 0; n < each; n++) {
                                            given.add(put(user, n));
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long[] all = LongStream.rangeClosed(1, writers * each).toArray();
        assertEquals(writers * each, open.announced().size());
        assertTrue(
                java.util.Arrays.equals(
                        all, open.announced().stream().mapToLong(Change::position).toArray()),
                "announced in order, none missing, none twice");
        assertEquals(writers * each, given.stream().distinct().count());
        assertTrue(open.database().metrics().commits().sum() < writers * each, "commits shared");
        StorageMetrics metrics = open.database().metrics();
        open.reopen();
        assertEquals(0, metrics.queueDepth().sum());
    }

    @Test
    void aWriteIsReadableAndAnnouncedBeforeItsTicketIsDone() {
        AtomicBoolean readable = new AtomicBoolean();
        open.listen(
                changes ->
                        readable.set(
                                open.stores()
                                                .accountData()
                                                .changed(7, 0, changes.getFirst().position(), 10)
                                                .size()
                                        == 1));
        put(7, 0);
        assertTrue(readable.get());
        assertEquals(1, journal().announcedPosition());
    }

    @Test
    void onlyTheFaultyWriteOfABatchFails() {
        IllegalStateException fault = new IllegalStateException("faulty");
        AtomicInteger runs = new AtomicInteger();
        Blocker blocker = new Blocker();
        WriteTicket<Long> first = journal().enqueue(tx -> store(tx, 1, runs.incrementAndGet()));
        WriteTicket<Long> faulty =
                journal()
                        .enqueue(
                                tx -> {
                                    store(tx, 2, 0);
                                    throw fault;
                                });
        WriteTicket<Long> last = journal().enqueue(tx -> store(tx, 3, 0));
        blocker.release();
        long firstPosition = first.await();
        assertSame(fault, assertThrows(IllegalStateException.class, faulty::await));
        assertEquals(firstPosition + 1, last.await(), "a failed write leaves no gap");
        assertEquals(2, runs.get(), "run again after the batch was undone");
        assertEquals(1, open.stores().accountData().of(1, 0, 10).size());
        assertEquals(0, open.stores().accountData().of(2, 0, 10).size());
        assertEquals(1, open.stores().accountData().of(3, 0, 10).size());
    }

    @Test
    void aStatementThatTheDatabaseRefusesFailsItsWriteOnly() {
        journal().write(tx -> open.stores().devices().add(tx, 1, "A", null, 0));
        Blocker blocker = new Blocker();
        WriteTicket<Long> good = journal().enqueue(tx -> store(tx, 1, 0));
        WriteTicket<Integer> bad =
                journal()
                        .enqueue(
                                tx -> {
                                    StoredEvents.append(open.stores(), tx, "$same");
                                    StoredEvents.append(open.stores(), tx, "$same");
                                    return 0;
                                });
        WriteTicket<Long> alsoGood = journal().enqueue(tx -> store(tx, 2, 0));
        blocker.release();
        good.await();
        assertThrows(StorageException.class, bad::await);
        alsoGood.await();
        assertEquals(1, open.stores().accountData().of(2, 0, 10).size());
    }

    @Test
    void writesBehindAGuardFailOnceAnEarlierOneDid() {
        PoisonedHead head = new PoisonedHead();
        Blocker blocker = new Blocker();
        WriteTicket<Long> before = journal().enqueue(tx -> store(tx, 1, 0), head);
        WriteTicket<Long> faulty =
                journal()
                        .enqueue(
                                tx -> {
                                    throw new IllegalStateException("faulty");
                                },
                                head);
        WriteTicket<Long> after = journal().enqueue(tx -> store(tx, 2, 0), head);
        WriteTicket<Long> elsewhere = journal().enqueue(tx -> store(tx, 3, 0));
        blocker.release();
        before.await();
        assertThrows(IllegalStateException.class, faulty::await);
        assertThrows(StaleHeadException.class, after::await);
        elsewhere.await();
        assertEquals(0, open.stores().accountData().of(2, 0, 10).size());
        assertEquals(2, head.failures.get());
    }

    @Test
    void aStaleGuardFailsItsOwnWriteBeforeAnyEffectAndUndoesNoOther() {
        PoisonedHead head = new PoisonedHead();
        head.poisoned.set(true);
        AtomicInteger runs = new AtomicInteger();
        Blocker blocker = new Blocker();
        List<WriteTicket<Long>> others = new ArrayList<>();
        for (int user = 1; user <= 10; user++) {
            others.add(enqueueCounted(user, runs));
        }
        WriteTicket<Long> stale = journal().enqueue(tx -> store(tx, 50, 0), head);
        for (int user = 11; user <= 20; user++) {
            others.add(enqueueCounted(user, runs));
        }
        StorageMetrics metrics = open.database().metrics();
        long commits = metrics.commits().sum();
        blocker.release();
        others.forEach(WriteTicket::await);
        assertThrows(StaleHeadException.class, stale::await);
        assertEquals(20, runs.get(), "every other write ran once");
        assertEquals(commits + 2, metrics.commits().sum(), "the blocker's and one for all others");
        assertEquals(0, metrics.rolledBackBatches().sum());
        assertEquals(1, metrics.failedWrites().sum());
        assertEquals(1, head.failures.get());
        assertEquals(0, open.stores().accountData().of(50, 0, 10).size());
    }

    @Test
    void aRefusedWriteSplitsItsBatchInTwo() {
        AtomicInteger runs = new AtomicInteger();
        Blocker blocker = new Blocker();
        List<WriteTicket<Long>> others = new ArrayList<>();
        for (int user = 1; user <= 10; user++) {
            others.add(enqueueCounted(user, runs));
        }
        WriteTicket<Long> refused =
                journal()
                        .enqueue(
                                tx -> {
                                    store(tx, 50, 0);
                                    throw new IllegalStateException("refused");
                                });
        for (int user = 11; user <= 20; user++) {
            others.add(enqueueCounted(user, runs));
        }
        long commits = open.database().metrics().commits().sum();
        blocker.release();
        others.forEach(WriteTicket::await);
        assertThrows(IllegalStateException.class, refused::await);
        assertEquals(30, runs.get(), "those before it ran twice, those behind it once");
        assertEquals(commits + 3, open.database().metrics().commits().sum());
        assertEquals(0, open.stores().accountData().of(50, 0, 10).size());
    }

    private WriteTicket<Long> enqueueCounted(int user, AtomicInteger runs) {
        return journal()
                .enqueue(
                        tx -> {
                            runs.incrementAndGet();
                            return store(tx, user, 0);
                        });
    }

    @Test
    void numbersOfAnUndoneWriteAreNotRemembered() {
        UserId alice = new UserId("@alice:example.org");
        UserId bob = new UserId("@bob:example.org");
        assertThrows(
                IllegalStateException.class,
                () ->
                        journal()
                                .write(
                                        tx -> {
                                            open.stores().identifiers().user(tx, alice);
                                            throw new IllegalStateException("faulty");
                                        }));
        assertTrue(open.stores().identifiers().findUser(alice).isEmpty());
        int number = journal().write(tx -> open.stores().identifiers().user(tx, bob));
        assertEquals(bob, open.stores().identifiers().user(number));
        assertTrue(open.stores().identifiers().findUser(alice).isEmpty());
    }

    @Test
    void readsInsideAWriteSeeWhatItWrote() {
        int seen =
                journal()
                        .write(
                                tx -> {
                                    store(tx, 5, 0);
                                    StoredEvents.append(open.stores(), tx, "$seen");
                                    boolean event =
                                            open.stores()
                                                    .events()
                                                    .byId(StoredEvents.id("$seen"))
                                                    .isPresent();
                                    return event
                                            ? open.stores().accountData().of(5, 0, 10).size()
                                            : -1;
                                });
        assertEquals(1, seen);
    }

    @Test
    void aFullQueueMakesWritersWait() throws InterruptedException {
        Blocker blocker = new Blocker();
        for (int i = 0; i < 64; i++) {
            int n = i;
            var _ = journal().enqueue(tx -> store(tx, 1, n));
        }
        CountDownLatch through = new CountDownLatch(1);
        Thread waiting =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    var _ = journal().enqueue(tx -> store(tx, 1, 64));
                                    through.countDown();
                                });
        assertFalse(through.await(200, java.util.concurrent.TimeUnit.MILLISECONDS));
        blocker.release();
        through.await();
        waiting.join();
    }

    @Test
    void closingFinishesWhatWaitsAndRefusesTheRest() {
        Blocker blocker = new Blocker();
        WriteTicket<Long> waiting = journal().enqueue(tx -> store(tx, 1, 0));
        Journal closed = journal();
        Thread closing = Thread.ofPlatform().start(open.database()::close);
        while (closing.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        blocker.release();
        waiting.await();
        join(closing);
        assertThrows(StorageException.class, () -> closed.write(tx -> 1));
        open.reopen();
        assertEquals(1, open.stores().accountData().of(1, 0, 10).size());
    }

    @Test
    void aFailingListenerDoesNotUndoWhatIsDurable() {
        open.listen(
                changes -> {
                    throw new IllegalStateException("deaf");
                });
        put(1, 0);
        assertEquals(1, open.stores().accountData().of(1, 0, 10).size());
    }

    private Journal journal() {
        return open.database().journal();
    }

    private long put(int user, int n) {
        return journal().write(tx -> store(tx, user, n));
    }

    private long store(WriteTransaction tx, int user, int n) {
        long position = tx.nextPosition();
        byte[] content = ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8);
        open.stores().accountData().put(tx, new AccountData(user, 0, "t", position, content));
        tx.announce(new Change(position, Change.Kind.ACCOUNT_DATA, 0, user));
        return position;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Holds the journal inside a write, so that what follows waits in the queue.
    private final class Blocker {
        private final CountDownLatch gate = new CountDownLatch(1);

        Blocker() {
            CountDownLatch entered = new CountDownLatch(1);
            var _ =
                    journal()
                            .enqueue(
                                    tx -> {
                                        entered.countDown();
                                        await(gate);
                                        return 0;
                                    });
            await(entered);
        }

        void release() {
            gate.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class PoisonedHead implements Guard {
        private final AtomicBoolean poisoned = new AtomicBoolean();
        private final AtomicInteger failures = new AtomicInteger();

        @Override
        public void check() {
            if (poisoned.get()) {
                throw new StaleHeadException("an earlier write failed");
            }
        }

        @Override
        public void failed(Throwable cause) {
            poisoned.set(true);
            failures.incrementAndGet();
        }
    }
}
