package chat.hearth.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/// Both databases get the same tables, and one that is too new is refused.
final class MigratorTest {
    @TempDir private Path directory;

    @Test
    void bothDatabasesHaveTheSameTablesColumnsAndConstraints() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            DataSource postgres = server.getPostgresDatabase();
            Migrator.bringUpToDate(DatabaseKind.POSTGRESQL, postgres);
            Migrator.bringUpToDate(DatabaseKind.POSTGRESQL, postgres);
            Migrator.bringUpToDate(DatabaseKind.SQLITE, sqlite());
            Map<String, String> expected = schema(postgres, "public");
            Map<String, String> actual = schema(sqlite(), null);
            assertTrue(expected.size() > 20, "the tables were found");
            assertEquals(String.join("\n", lines(expected)), String.join("\n", lines(actual)));
        }
    }

    @Test
    void tablesOfANewerVersionAreRefusedInPlainWords() throws SQLException {
        Migrator.bringUpToDate(DatabaseKind.SQLITE, sqlite());
        try (Connection connection = sqlite().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE flyway_schema_history SET version = '999'");
        }
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

    private static List<String> lines(Map<String, String> schema) {
        List<String> lines = new ArrayList<>();
        schema.forEach((name, text) -> lines.add(name + ": " + text));
        return lines;
    }

    /// A line for each table, column and index, in terms that both databases share.
    private static Map<String, String> schema(DataSource source, @Nullable String schema)
            throws SQLException {
        Map<String, String> described = new TreeMap<>();
        try (Connection connection = source.getConnection()) {
            DatabaseMetaData meta = connection.getMetaData();
            for (String table : tables(meta, schema)) {
                describeColumns(meta, schema, table, described);
                described.put(table + " key", String.join(",", primaryKey(meta, schema, table)));
                describeIndexes(meta, schema, table, described);
            }
        }
        return described;
    }

    private static Set<String> tables(DatabaseMetaData meta, @Nullable String schema)
            throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet rows = meta.getTables(null, schema, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                if (!name.startsWith("flyway") && !name.startsWith("sqlite")) {
                    tables.add(name);
                }
            }
        }
        return tables;
    }

    private static void describeColumns(
            DatabaseMetaData meta,
            @Nullable String schema,
            String table,
            Map<String, String> described)
            throws SQLException {
        try (ResultSet rows = meta.getColumns(null, schema, table, "%")) {
            while (rows.next()) {
                String name = String.format("%02d ", rows.getInt("ORDINAL_POSITION"));
                described.put(
                        table + " column " + name + rows.getString("COLUMN_NAME"),
                        type(rows.getString("TYPE_NAME"))
                                + (rows.getInt("NULLABLE") == 0 ? " NOT NULL" : ""));
            }
        }
    }

    private static Collection<String> primaryKey(
            DatabaseMetaData meta, @Nullable String schema, String table) throws SQLException {
        Map<Integer, String> columns = new TreeMap<>();
        try (ResultSet rows = meta.getPrimaryKeys(null, schema, table)) {
            while (rows.next()) {
                columns.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return columns.values();
    }

    private static void describeIndexes(
            DatabaseMetaData meta,
            @Nullable String schema,
            String table,
            Map<String, String> described)
            throws SQLException {
        try (ResultSet rows = meta.getIndexInfo(null, schema, table, false, true)) {
            while (rows.next()) {
                String index = rows.getString("INDEX_NAME");
                boolean own = index != null && index.startsWith(table.split("_", 2)[0]);
                if (own && !index.endsWith("_pkey")) {
                    String unique = rows.getBoolean("NON_UNIQUE") ? "" : "unique ";
                    described.merge(
                            table + " index " + index,
                            unique + rows.getString("COLUMN_NAME"),
                            (first, next) -> first + "," + next);
                }
            }
        }
    }

    private static String type(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "integer", "bigint", "int4", "int8" -> "number";
            case "text" -> "text";
            case "blob", "bytea" -> "bytes";
            default -> throw new IllegalStateException("A type of one database only: " + name);
        };
    }
}
