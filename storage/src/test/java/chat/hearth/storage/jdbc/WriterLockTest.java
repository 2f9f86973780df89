package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.DatabaseUnavailableException;
import chat.hearth.storage.WriteTransaction;
import chat.hearth.testkit.db.TestDatabases;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/// Two servers and one PostgreSQL database.
final class WriterLockTest {
    private final TestDatabases.PostgresDatabase postgres = TestDatabases.postgres();
    private final URI url = URI.create(postgres.url().substring("jdbc:".length()));

    @Test
    void theSecondIsRefusedUntilTheFirstIsClosed() {
        try (Database first = open(url.getPort())) {
            var refused =
                    assertThrows(
                            DatabaseUnavailableException.class, () -> open(url.getPort()).close());
            assertEquals(
                    "Another Hearth server is running on this database; stop it first",
                    refused.getMessage());
            assertEquals(1L, first.journal().write(WriteTransaction::nextPosition));
        }
        open(url.getPort()).close();
    }

    /// The network may be gone for one side only.
    @Test
    void aServerThatWasCutOffWritesNothingOnceAnotherHasTakenOver() throws IOException {
        try (var proxy = new CommitProxy(url.getPort());
                Database first = open(proxy.port())) {
            assertEquals(1L, first.journal().write(WriteTransaction::nextPosition));
            proxy.refuse();
            try (Database second = open(url.getPort())) {
                proxy.welcome();
                refused(first);
                assertFalse(first.isWritable());
                assertEquals(2L, second.journal().write(WriteTransaction::nextPosition));
            }
            refused(first);
            assertFalse(first.isWritable(), "what it has in memory is no longer true");
        }
        try (Database third = open(url.getPort())) {
            assertEquals(2, third.journal().announcedPosition());
        }
    }

    @Test
    void aServerWhoseConnectionWasLostTakesTheDatabaseBack() throws IOException {
        try (var proxy = new CommitProxy(url.getPort());
                Database first = open(proxy.port())) {
            proxy.refuse();
            proxy.welcome();
            assertEquals(1L, first.journal().write(WriteTransaction::nextPosition));
            assertTrue(first.isWritable());
            assertThrows(DatabaseUnavailableException.class, () -> open(url.getPort()).close());
        }
    }

    @Test
    void aCommandMayWriteBesideTheServer() {
        try (Database server = open(url.getPort())) {
            assertEquals(1L, server.journal().write(WriteTransaction::nextPosition));
            try (Database command = Database.openBeside(config(url.getPort()))) {
                assertEquals(2L, command.journal().write(WriteTransaction::nextPosition));
            }
            assertEquals(3L, server.journal().write(WriteTransaction::nextPosition));
        }
    }

    private static void refused(Database database) {
        assertThrows(
                DatabaseUnavailableException.class,
                () -> database.journal().write(WriteTransaction::nextPosition));
    }

    private Database open(int port) {
        return Database.open(config(port), changes -> {}, new SecureRandom());
    }

    private DatabaseConfig config(int port) {
        return DatabaseConfig.Postgres.at(
                "jdbc:postgresql://localhost:" + port + url.getPath(),
                postgres.user(),
                postgres.password());
    }
}
