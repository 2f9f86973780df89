package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.AccountData;
import chat.hearth.storage.StatementCounts;
import chat.hearth.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A piece of work is counted by itself, whatever else the database is asked meanwhile.
abstract class StatementCountsContract {
    private static final int USER = 1;
    private static final int OTHER_READS = 50;

    private OpenDatabase open;

    abstract OpenDatabase openFresh();

    @BeforeEach
    void openDatabase() {
        open = openFresh();
    }

    @AfterEach
    void closeDatabase() {
        open.close();
    }

    @Test
    void readsAreCountedWhereTheyAreAskedForAndNowhereElse() {
        assertEquals(3, counted(() -> read(3)));
        assertEquals(0, counted(() -> {}));
        read(2);
        assertEquals(0, counts().soFar(), "outside of any work");
    }

    @Test
    void readsOfOneMomentAreCountedToo() {
        assertEquals(
                2,
                counted(
                        () ->
                                open.stores()
                                        .snapshot(
                                                () -> {
                                                    read(2);
                                                    return 0;
                                                })));
    }

    @Test
    void whatAWriteRunsOnTheJournalsThreadIsItsOwn() {
        open.write(this::write);
        assertEquals(2, counted(() -> open.write(tx -> write(tx) + write(tx))));
    }

    @Test
    void whatOthersAskMeanwhileIsNotCounted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread other =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    await(begun);
                                    read(OTHER_READS);
                                    open.write(this::write);
                                    done.countDown();
                                });
        long own =
                counted(
                        () -> {
                            begun.countDown();
                            await(done);
                            read(1);
                        });
        other.join();
        assertEquals(1, own);
        assertTrue(
                open.database().metrics().readerStatements().sum() > OTHER_READS,
                "the totals count everybody's");
    }

    private StatementCounts counts() {
        return open.database().metrics().statements();
    }

    private long counted(Runnable work) {
        var count = new AtomicLong();
        counts().during(
                        () -> {
                            work.run();
                            count.set(counts().soFar());
                        });
        return count.get();
    }

    private void read(int times) {
        for (int n = 0; n < times; n++) {
            var _ = open.stores().accountData().of(USER, 0, 10);
        }
    }

    private long write(WriteTransaction tx) {
        long position = tx.nextPosition();
        byte[] content = "{}".getBytes(StandardCharsets.UTF_8);
        open.stores().accountData().put(tx, new AccountData(USER, 0, "t", position, content));
        return position;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
