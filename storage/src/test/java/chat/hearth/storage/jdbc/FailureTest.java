package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.StorageException;
import chat.hearth.testkit.db.TestDatabases;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens when the database itself fails.
final class FailureTest {
    private static final int LARGE_BYTES = 4_000_000;
    private static final String KILL_OTHERS =
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

    @Test
    void aFullDiskFailsTheWriteAndTheNextOneGoesThrough(@TempDir Path directory) {
        try (OpenDatabase open = OpenDatabase.sqlite(directory)) {
            StorageException failure =
                    assertThrows(
                            StorageException.class,
                            () ->
                                    open.write(
                                            tx -> {
                                                Connection jdbc =
                                                        JdbcTransaction.of(tx).sql().jdbc();
                                                pragma(jdbc, "PRAGMA max_page_count = 1");
                                                byte[] large = new byte[LARGE_BYTES];
                                                return open.stores()
                                                        .filters()
                                                        .add(tx, 1, large, 10)
                                                        .orElseThrow();
                                            }));
            assertTrue(failure.getCause() instanceof SQLException);
            assertEquals(0, open.stores().filters().count(1));
            open.write(
                    tx -> {
                        pragma(
                                JdbcTransaction.of(tx).sql().jdbc(),
                                "PRAGMA max_page_count = 1000000");
                        return open.stores()
                                .filters()
                                .add(tx, 1, new byte[LARGE_BYTES], 10)
                                .orElseThrow();
                    });
            assertEquals(1, open.stores().filters().count(1));
        }
    }

    @Test
    void aConnectionLostBeforeTheCommitIsReplacedAndTheWriteRunAgain() throws SQLException {
        TestDatabases.PostgresDatabase server = TestDatabases.postgres();
        AtomicInteger runs = new AtomicInteger();
        var config =
                chat.hearth.storage.DatabaseConfig.Postgres.at(
                        server.url(), server.user(), server.password());
        try (Database database = Database.open(config, changes -> {}, new SecureRandom());
                Connection killer = DriverManager.getConnection(server.url(), server.user(), "")) {
            int filter =
                    database.journal()
                            .write(
                                    tx -> {
                                        if (runs.incrementAndGet() == 1) {
                                            kill(killer, JdbcTransaction.of(tx).sql());
                                        }
                                        return database.stores()
                                                .filters()
                                                .add(tx, 1, new byte[1], 10)
                                                .orElseThrow();
                                    });
            assertEquals(2, runs.get());
            assertEquals(1, filter);
            assertEquals(1, database.stores().filters().count(1));
        }
    }

    @Test
    void whatWentWrongInASnapshotIsNotHiddenByALostConnection() throws SQLException {
        TestDatabases.PostgresDatabase server = TestDatabases.postgres();
        IllegalStateException fault = new IllegalStateException("first");
        var config =
                chat.hearth.storage.DatabaseConfig.Postgres.at(
                        server.url(), server.user(), server.password());
        try (Database database = Database.open(config, changes -> {}, new SecureRandom());
                Connection killer = DriverManager.getConnection(server.url(), server.user(), "")) {
            IllegalStateException thrown =
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    database.stores()
                                            .snapshot(
                                                    () -> {
                                                        database.stores().filters().count(1);
                                                        pragma(killer, KILL_OTHERS);
                                                        throw fault;
                                                    }));
            assertSame(fault, thrown);
        }
    }

    private static void kill(Connection killer, SqlConnection victim) {
        long pid =
                victim.first(Sql.of("SELECT pg_backend_pid()"), Binding.NONE, Row::number)
                        .orElseThrow();
        pragma(killer, "SELECT pg_terminate_backend(" + pid + ", 5000)");
    }

    private static void pragma(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
