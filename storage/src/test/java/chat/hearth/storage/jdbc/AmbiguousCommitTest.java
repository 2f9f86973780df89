package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.AccountData;
import chat.hearth.storage.Change;
import chat.hearth.storage.CommitListener;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.WriteTransaction;
import chat.hearth.testkit.db.TestDatabases;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The connection to PostgreSQL is lost around a commit, so that only PostgreSQL knows whether it
/// took place.
final class AmbiguousCommitTest {
    private static final int USER = 7;
    private static final Duration ERROR_MAX = Duration.ofMinutes(1);

    private final List<Long> announced = new CopyOnWriteArrayList<>();
    private final List<Long> skipped = new CopyOnWriteArrayList<>();
    private CommitProxy proxy;
    private Database database;

    @BeforeEach
    void open() throws IOException {
        TestDatabases.PostgresDatabase server = TestDatabases.postgres();
        URI url = URI.create(server.url().substring("jdbc:".length()));
        proxy = new CommitProxy(url.getPort());
        database =
                Database.open(
                        DatabaseConfig.Postgres.at(
                                "jdbc:postgresql://localhost:" + proxy.port() + url.getPath(),
                                server.user(),
                                server.password()),
                        new CommitListener() {
                            @Override
                            public void committed(List<Change> changes) {
                                changes.forEach(change -> announced.add(change.position()));
                            }

                            @Override
                            public void skipped(long upTo) {
                                skipped.add(upTo);
                            }
                        },
                        new SecureRandom());
    }

    @AfterEach
    void close() {
        proxy.welcome();
        database.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitProxy.Cut.class,
            names = {"BEFORE", "AFTER", "LATE"})
    void aWriteIsThereOnceAndAnnouncedWhicheverWayItsCommitWent(CommitProxy.Cut cut) {
        assertEquals(1, put("first"));
        proxy.cutNextCommit(cut);
        assertEquals(2, put("second"));
        assertEquals(3, put("third"));
        assertEquals(List.of(1L, 2L, 3L), announced);
        assertEquals(List.of(), skipped);
        assertEquals(3, database.stores().accountData().of(USER, 0, 10).size());
    }

    /// A logout, say: nothing in the stream tells of it.
    @ParameterizedTest
    @EnumSource(
            value = CommitProxy.Cut.class,
            names = {"BEFORE", "AFTER", "LATE"})
    void aWriteWithoutAPositionIsRunUntilItIsStoredAndNoMore(CommitProxy.Cut cut) {
        AtomicInteger runs = new AtomicInteger();
        proxy.cutNextCommit(cut);
        int filter =
                database.journal()
                        .write(
                                tx -> {
                                    runs.incrementAndGet();
                                    return database.stores()
                                            .filters()
                                            .add(tx, 1, new byte[1], 10)
                                            .orElseThrow();
                                });
        assertEquals(1, filter);
        assertEquals(1, database.stores().filters().count(1));
        assertEquals(cut == CommitProxy.Cut.AFTER ? 1 : 2, runs.get());
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitProxy.Cut.class,
            names = {"BEFORE", "AFTER"})
    void whileNobodyCanTellTheWriteFailsAndLaterOnesGoOnFromWhatIsStored(CommitProxy.Cut cut) {
        assertEquals(1, put("first"));
        proxy.cutNextCommitAndRefuse(cut);
        long start = System.nanoTime();
        assertThrows(StorageException.class, () -> put("second"));
        assertTrue(System.nanoTime() - start < ERROR_MAX.toNanos(), "an answer in time");
        assertThrows(StorageException.class, () -> put("third"));
        proxy.welcome();
        boolean stored = cut == CommitProxy.Cut.AFTER;
        assertEquals(stored ? 3 : 2, put("fourth"));
        assertEquals(stored ? List.of(1L, 3L) : List.of(1L, 2L), announced);
        assertEquals(stored ? List.of(2L) : List.of(), skipped, "who keeps track reads anew");
        assertEquals(stored ? 3 : 2, database.stores().accountData().of(USER, 0, 10).size());
    }

    /// Readers that keep in memory what was true before have to hear of it, position or not.
    @Test
    void aCommitFoundLateIsToldEvenWhenItTookNoPosition() {
        assertEquals(1, put("first"));
        proxy.cutNextCommitAndRefuse(CommitProxy.Cut.AFTER);
        assertThrows(
                StorageException.class,
                () ->
                        database.journal()
                                .write(
                                        tx ->
                                                database.stores()
                                                        .filters()
                                                        .add(tx, 1, new byte[1], 10)
                                                        .orElseThrow()));
        proxy.welcome();
        assertEquals(2, put("second"));
        assertEquals(List.of(1L), skipped);
        assertEquals(1, database.stores().filters().count(1));
    }

    private long put(String type) {
        return database.journal().write(tx -> put(tx, type));
    }

    private long put(WriteTransaction tx, String type) {
        long position = tx.nextPosition();
        byte[] content = "{}".getBytes(StandardCharsets.UTF_8);
        database.stores().accountData().put(tx, new AccountData(USER, 0, type, position, content));
        tx.announce(new Change(position, Change.Kind.ACCOUNT_DATA, 0, USER));
        return position;
    }
}
