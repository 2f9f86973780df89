package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.DatabaseUnavailableException;
import chat.hearth.storage.StorageException;
import chat.hearth.testkit.db.TestDatabases;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A database whose file was damaged is not written to.
final class DamageTest {
    private static final int FILTERS = 200;
    private static final int PAGE_BYTES = 4_096;

    /// The schema's pages and the roots of its tables come first.
    private static final int FIRST_DATA_PAGE = 100;

    @TempDir Path directory;
    private Path file;

    @BeforeEach
    void name() {
        file = TestDatabases.sqlite(directory);
    }

    private Database open() {
        return open(file);
    }

    private static Database open(Path file) {
        return Database.open(DatabaseConfig.Sqlite.at(file), _ -> {}, new SecureRandom());
    }

    private static void fill(Database database) {
        database.journal()
                .write(
                        tx -> {
                            for (int i = 0; i < FILTERS; i++) {
                                byte[] content = new byte[PAGE_BYTES];
                                Arrays.fill(content, (byte) ('a' + i % 26));
                                content[0] = (byte) i;
                                var _ = database.stores().filters().add(tx, 1, content, FILTERS);
                            }
                            return 0;
                        });
    }

    private static void readAll(Database database) {
        for (int i = 1; i <= FILTERS; i++) {
            var _ = database.stores().filters().find(1, i);
        }
    }

    /// Brings everything into the file and overwrites its later half.
    private void damage() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            SqliteDialect.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        overwrite(file);
    }

    private static void overwrite(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long pages = bytes.length() / PAGE_BYTES;
            assertTrue(pages > FIRST_DATA_PAGE, "large enough");
            byte[] noise = new byte[PAGE_BYTES];
            Arrays.fill(noise, (byte) 0xff);
            for (long page = FIRST_DATA_PAGE; page < pages; page++) {
                bytes.seek(page * PAGE_BYTES);
                bytes.write(noise);
            }
        }
    }

    @Test
    void aReadThatMeetsDamageEndsAllWriting() throws Exception {
        try (Database database = open()) {
            fill(database);
            assertTrue(database.isWritable());
            damage();
            assertThrows(StorageException.class, () -> readAll(database));
            assertFalse(database.isWritable());
            database.awaitFailure();
            assertThrows(
                    DatabaseUnavailableException.class, () -> database.journal().write(_ -> 0));
        }
    }

    @Test
    void aWriteThatMeetsDamageEndsAllWriting() throws Exception {
        try (Database database = open()) {
            fill(database);
            damage();
            assertThrows(
                    DatabaseUnavailableException.class,
                    () ->
                            database.journal()
                                    .write(
                                            _ -> {
                                                readAll(database);
                                                return 0;
                                            }));
            assertFalse(database.isWritable());
            database.awaitFailure();
        }
    }

    @Test
    void aDamagedFileIsRefusedAfterAnUncleanStop() throws Exception {
        Path killed = directory.resolve("killed.db");
        try (Database database = open()) {
            fill(database);
            Files.copy(file, killed);
            Files.copy(Path.of(file + "-wal"), Path.of(killed + "-wal"));
        }
        try (Database good = open(killed)) {
            assertTrue(good.isWritable(), "a file without damage is opened");
        }
        overwrite(file);
        try (Database unseen = open(file)) {
            assertTrue(unseen.isWritable(), "after a clean stop nobody looks");
        }
        Files.write(Path.of(file + "-wal"), new byte[1]);
        StorageException refusal = assertThrows(StorageException.class, this::open);
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("is damaged"), refusal.getMessage());
    }

    @Test
    void theCheckEndsWhenItsTimeIsUp() throws Exception {
        try (Database database = open()) {
            fill(database);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            assertFalse(SqliteCheck.run(connection, file, Duration.ZERO));
            assertTrue(SqliteCheck.run(connection, file, Duration.ofDays(1)));
        }
    }

    @Test
    void sqliteSaysWhenItsFileOrDiskIsDamaged() {
        var dialect = new SqliteDialect(DatabaseConfig.Sqlite.at(file));
        for (SQLiteErrorCode code :
                List.of(
                        SQLiteErrorCode.SQLITE_CORRUPT,
                        SQLiteErrorCode.SQLITE_CORRUPT_INDEX,
                        SQLiteErrorCode.SQLITE_NOTADB,
                        SQLiteErrorCode.SQLITE_IOERR_READ,
                        SQLiteErrorCode.SQLITE_IOERR_WRITE,
                        SQLiteErrorCode.SQLITE_IOERR_FSYNC)) {
            assertTrue(dialect.damage(new SQLiteException("", code)).isPresent(), code.name());
        }
        for (SQLiteErrorCode code :
                List.of(
                        SQLiteErrorCode.SQLITE_FULL,
                        SQLiteErrorCode.SQLITE_BUSY,
                        SQLiteErrorCode.SQLITE_IOERR_NOMEM)) {
            assertTrue(dialect.damage(new SQLiteException("", code)).isEmpty(), code.name());
        }
    }

    @Test
    void postgresSaysWhenItsDataAreDamaged() {
        var dialect = new PostgresDialect(DatabaseConfig.Postgres.at("jdbc:postgresql:", "", ""));
        for (String state : new String[] {"XX001", "XX002", "58030"}) {
            assertTrue(dialect.damage(new SQLException("damaged", state)).isPresent(), state);
        }
        assertTrue(dialect.damage(new SQLException("duplicate", "23505")).isEmpty());
    }

    @Test
    void workThatMeetsAnErrorEndsAllWriting() throws Exception {
        try (Database database = open()) {
            assertThrows(
                    AssertionError.class,
                    () ->
                            database.vital()
                                    .run(
                                            "A chore",
                                            () -> {
                                                throw new AssertionError("impossible");
                                            }));
            database.awaitFailure();
            assertThrows(
                    DatabaseUnavailableException.class, () -> database.journal().write(_ -> 0));
        }
    }

    @Test
    void anExceptionEndsAVitalThreadAndTheServerButNotAPieceOfWork() {
        var reason = new AtomicReference<>("");
        var vital = new chat.hearth.storage.VitalWork(reason::set);
        Runnable failing =
                () -> {
                    throw new IllegalStateException("unexpected");
                };
        assertThrows(IllegalStateException.class, () -> vital.run("A chore", failing));
        assertEquals("", reason.get());
        vital.thread("The announcer", failing).run();
        assertEquals("The announcer failed", reason.get());
    }
}
