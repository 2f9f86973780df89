package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.migrations.Migrator;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.testkit.db.TestDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a statement costs depends on what it gives or changes, and not on how large the database is
/// around it, the room, or what a user has; whatever the database believes about its tables.
///
/// Each statement runs on a small database and on one that is a hundred times as large, where it
/// gives the same. There it may cost what the deeper trees of its indexes cost, and no more.
final class StatementCostTest {
    private static final CostScale SMALL = new CostScale(100);
    private static final CostScale LARGE = new CostScale(10_000);

    @Test
    void onSqlite(@TempDir Path folder) throws SQLException {
        var small = new SqliteDialect(DatabaseConfig.Sqlite.at(TestDatabases.sqlite(folder)));
        Path file = TestDatabases.sqlite(folder);
        var large = new SqliteDialect(DatabaseConfig.Sqlite.at(file));
        Map<String, CostRun> grown = new LinkedHashMap<>();
        CostRun before;
        List<String> statistics;
        try (Connection connection = filled(small, SMALL)) {
            before = sqlite(connection, small, SMALL);
            execute(connection, "ANALYZE");
            statistics = statistics(connection);
        }
        try (Connection connection = filled(large, LARGE)) {
            grown.put("without statistics", sqlite(connection, large, LARGE));
            execute(connection, "ANALYZE");
            grown.put("with statistics", sqlite(connection, large, LARGE));
            execute(connection, "DELETE FROM sqlite_stat1");
            for (String row : statistics) {
                execute(connection, "INSERT INTO sqlite_stat1 VALUES (" + row + ")");
            }
        }
        try (Connection connection = large.openWriter(WriterRole.VISITOR)) {
            grown.put("with a small one's statistics", sqlite(connection, large, LARGE));
        }
        require(small, before, grown);
    }

    @Test
    void onPostgres() throws SQLException {
        PostgresDialect small = postgres();
        PostgresDialect large = postgres();
        PostgresDialect from = postgres();
        Map<String, CostRun> grown = new LinkedHashMap<>();
        CostRun before;
        try (Connection connection = filled(small, SMALL)) {
            before = postgres(connection, small, SMALL, new PostgresMeter());
        }
        try (Connection connection = filled(large, LARGE)) {
            planned(connection, large, "without statistics", grown);
            execute(connection, "ANALYZE");
            planned(connection, large, "with statistics", grown);
        }
        try (Connection connection = filled(from, SMALL)) {
            execute(connection, "ANALYZE");
            execute(connection, "SET plan_cache_mode = force_generic_plan");
            var plans = new PostgresMeter();
            var _ = postgres(connection, from, SMALL, plans);
            emptied(connection);
            CostTables.fill(connection, from.kind(), LARGE);
            grown.put("with a small one's plans", postgres(connection, from, LARGE, plans));
            planned(connection, from, "with a small one's statistics", grown);
        }
        require(small, before, grown);
    }

    private static void planned(
            Connection connection, SqlDialect dialect, String when, Map<String, CostRun> grown)
            throws SQLException {
        for (String plan : List.of("generic", "custom")) {
            execute(connection, "DEALLOCATE ALL");
            execute(connection, "SET plan_cache_mode = force_" + plan + "_plan");
            grown.put(
                    plan + " plans " + when,
                    postgres(connection, dialect, LARGE, new PostgresMeter()));
        }
    }

    private static CostRun sqlite(Connection connection, SqlDialect dialect, CostScale scale)
            throws SQLException {
        return CostRun.on(connection, dialect, scale, SqliteMeter.on(connection));
    }

    private static CostRun postgres(
            Connection connection, SqlDialect dialect, CostScale scale, PostgresMeter plans)
            throws SQLException {
        return CostRun.on(connection, dialect, scale, plans);
    }

    private static PostgresDialect postgres() {
        TestDatabases.PostgresDatabase fresh = TestDatabases.postgres();
        return new PostgresDialect(
                new DatabaseConfig.Postgres(fresh.url(), fresh.user(), fresh.password(), 1, 1));
    }

    private static Connection filled(SqlDialect dialect, CostScale scale) throws SQLException {
        dialect.prepare(WriterRole.VISITOR);
        Migrator.bringUpToDate(dialect.kind(), dialect.migrations());
        Connection connection = dialect.openWriter(WriterRole.VISITOR);
        switch (dialect) {
            case SqliteDialect _ -> {}
            case PostgresDialect _ -> keepFromAnalyzing(connection);
        }
        CostTables.fill(connection, dialect.kind(), scale);
        return connection;
    }

    /// The server would gather statistics by itself, at a time of its own choice.
    private static void keepFromAnalyzing(Connection connection) throws SQLException {
        for (String table : tables(connection)) {
            execute(connection, "ALTER TABLE " + table + " SET (autovacuum_enabled = false)");
        }
    }

    /// Leaves the statistics as they are.
    private static void emptied(Connection connection) throws SQLException {
        for (String table : tables(connection)) {
            if (!table.equals("stream_head")) {
                execute(connection, "DELETE FROM " + table);
            }
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        return strings(
                connection,
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                        + " AND tablename NOT LIKE 'flyway%'");
    }

    private static List<String> statistics(Connection connection) throws SQLException {
        return strings(
                connection,
                "SELECT quote(tbl) || ',' || quote(idx) || ',' || quote(stat) FROM sqlite_stat1");
    }

    private static void require(SqlDialect dialect, CostRun before, Map<String, CostRun> grown) {
        Map<String, String> names = new LinkedHashMap<>();
        SqlConstants.all().forEach((sql, where) -> names.put(sql.text(dialect), where));
        switch (dialect) {
            // SQLite locks the whole file and has no words for less.
            case SqliteDialect _ -> names.remove(StreamHead.READ_AND_LOCK.text(dialect));
            case PostgresDialect _ -> {}
        }
        List<String> wrong = new ArrayList<>();
        names.forEach(
                (text, where) -> {
                    if (!before.hasRun(text)) {
                        wrong.add(where + " is run by no case");
                    }
                });
        grown.forEach(
                (when, run) ->
                        run.growthSince(before, names)
                                .forEach(line -> wrong.add(when + ", " + line)));
        assertEquals("", String.join("\n", wrong));
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> strings = new ArrayList<>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
