package chat.hearth.homeserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.cli.ServerControl;
import chat.hearth.homeserver.cli.ServerControl.AccountRefusedException;
import chat.hearth.homeserver.cli.ServerControl.StartRefusedException;
import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands in the way of a start, or of a new account, is one sentence for a person.
final class LocalControlTest {
    private final ServerControl control = new LocalControl();

    @TempDir private Path folder;

    private static HearthConfig config(Path directory) {
        return TestHearth.in(directory).config();
    }

    private void isRefused(HearthConfig config, String reason) {
        assertSentence(
                assertThrows(StartRefusedException.class, () -> control.start(config).close()),
                reason);
        assertSentence(
                assertThrows(
                        AccountRefusedException.class,
                        () ->
                                control.createAccount(
                                        config, "alice", new Secret("opensesame"), false)),
                reason);
    }

    private static void assertSentence(Exception refused, String reason) {
        String told = Objects.requireNonNull(refused.getMessage());
        assertTrue(told.contains(reason), told);
        assertFalse(told.contains("Exception"), told);
        assertEquals(1, told.lines().count(), told);
    }

    @Test
    void aNewerHearthHasBeenThere() throws SQLException {
        HearthConfig config = config(folder);
        control.start(config).close();
        String url = "jdbc:sqlite:" + folder.resolve("hearth.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE flyway_schema_history SET version = '999'");
        }
        isRefused(config, "The database has tables of version 999, made by a newer Hearth");
    }

    @Test
    void theDataDirectoryIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        isRefused(config(file), file.toString());
        isRefused(config(file.resolve("below")), file.toString());
    }

    @Test
    void theDatabaseIsNoDatabase() throws IOException {
        Files.writeString(folder.resolve("hearth.db"), "This is not what SQLite has written.");
        isRefused(config(folder), folder.resolve("hearth.db") + " cannot be opened");
    }

    @Test
    void theTablesAreSomebodyElses() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("hearth.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (name TEXT)");
        }
        isRefused(config(folder), "The database's tables could not be brought up to date");
    }
}
