package chat.hearth.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/// Both databases get the same tables, and one that is too new is refused.
final class MigratorTest {
    @TempDir private Path directory;

    @Test
    void bothDatabasesHaveTheSameTablesColumnsAndConstraints() throws Exception {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(5)).start()) {
            DataSource postgres = server.getPostgresDatabase();
            Migrator.bringUpToDate(DatabaseKind.POSTGRESQL, postgres);
            Migrator.bringUpToDate(DatabaseKind.POSTGRESQL, postgres);
            Migrator.bringUpToDate(DatabaseKind.SQLITE, sqlite());
            String expected = described(DatabaseKind.POSTGRESQL, postgres);
            assertTrue(expected.contains("stream_head check version > 0"), expected);
            assertTrue(expected.contains("condition of rooms_listed: listed = 1"), expected);
            assertEquals(expected, described(DatabaseKind.SQLITE, sqlite()));
        }
    }

    /// That the comparison above notices each kind of difference.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE further (one INTEGER)",
                "ALTER TABLE rooms ADD COLUMN further INTEGER",
                "DROP INDEX rooms_listed",
                "CREATE INDEX rooms_listed_too ON rooms (room_nid) WHERE listed = 0"
            })
    void aDifferenceBetweenDatabasesIsSeen(String change) throws SQLException {
        Migrator.bringUpToDate(DatabaseKind.SQLITE, sqlite());
        String before = described(DatabaseKind.SQLITE, sqlite());
        execute(change);
        assertNotEquals(before, described(DatabaseKind.SQLITE, sqlite()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX further ON rooms (listed)",
                "CREATE TABLE further (one INTEGER PRIMARY KEY, two INTEGER UNIQUE)"
            })
    void anIndexWithoutANameOfItsTableIsRefused(String change) throws SQLException {
        Migrator.bringUpToDate(DatabaseKind.SQLITE, sqlite());
        execute(change);
        assertThrows(IllegalStateException.class, () -> described(DatabaseKind.SQLITE, sqlite()));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = sqlite().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String described(DatabaseKind kind, DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return String.join("\n", SchemaText.of(kind, connection));
        }
    }

    @Test
    void tablesOfANewerVersionAreRefusedInPlainWords() throws SQLException {
        Migrator.bringUpToDate(DatabaseKind.SQLITE, sqlite());
        execute("UPDATE flyway_schema_history SET version = '999'");
        SchemaException refusal =
                assertThrows(
                        SchemaException.class,
                        () -> Migrator.bringUpToDate(DatabaseKind.SQLITE, sqlite()));
        assertTrue(String.valueOf(refusal.getMessage()).contains("newer Hearth"));
    }

    @Test
    void theLatestVersionIsThatOfTheNewestScript() throws IOException {
        for (DatabaseKind kind : DatabaseKind.values()) {
            List<String> scripts = scripts(kind);
            assertEquals(Migrator.LATEST, scripts.size(), kind + " has one script per version");
            for (int version = 1; version <= Migrator.LATEST; version++) {
                String prefix = "V" + version + "__";
                assertTrue(scripts.stream().anyMatch(name -> name.startsWith(prefix)), prefix);
            }
        }
        assertEquals(scripts(DatabaseKind.SQLITE), scripts(DatabaseKind.POSTGRESQL));
    }

    private DataSource sqlite() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + directory.resolve("schema.db"));
        return source;
    }

    private static List<String> scripts(DatabaseKind kind) throws IOException {
        ClassLoader loader = Migrator.class.getClassLoader();
        try (var folder = loader.getResourceAsStream(kind.location())) {
            assertFalse(folder == null, "the scripts are on the class path");
            return new String(folder.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .sorted()
                    .toList();
        }
    }
}
