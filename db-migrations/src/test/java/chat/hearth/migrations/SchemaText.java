package chat.hearth.migrations;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tables of one database in terms that both kinds share: a line for each column, key, index
/// and check.
final class SchemaText {
    private static final String POSTGRESQL_CHECKS =
            """
            SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE contype = 'c' AND connamespace = 'public'::regnamespace
            """;
    private static final String POSTGRESQL_CONDITIONS =
            """
            SELECT indexrelid::regclass::text, pg_get_expr(indpred, indrelid) FROM pg_index
            WHERE indpred IS NOT NULL
            """;
    private static final String SQLITE_TABLES =
            "SELECT name, sql FROM sqlite_master WHERE type = 'table'";
    private static final String SQLITE_CONDITIONS =
            "SELECT name, substr(sql, instr(sql, ' WHERE ') + 7) FROM sqlite_master"
                    + " WHERE type = 'index' AND sql LIKE '% WHERE %'";

    /// A check with parentheses two deep at most.
    private static final Pattern CHECK =
            Pattern.compile("CHECK\\s*(\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))");

    private final DatabaseKind kind;
    private final Connection connection;
    private final DatabaseMetaData meta;
    private final @Nullable String schema;
    private final Map<String, String> described = new TreeMap<>();

    private SchemaText(DatabaseKind kind, Connection connection) throws SQLException {
        this.kind = kind;
        this.connection = connection;
        this.meta = connection.getMetaData();
        this.schema =
                switch (kind) {
                    case POSTGRESQL -> "public";
                    case SQLITE -> null;
                };
    }

    /// What the database holds.
    ///
    /// @throws IllegalStateException for something that has no name of ours or no type of both
    static List<String> of(DatabaseKind kind, Connection connection) throws SQLException {
        var text = new SchemaText(kind, connection);
        text.describe();
        List<String> lines = new ArrayList<>();
        text.described.forEach((name, what) -> lines.add(name + ": " + what));
        return lines;
    }

    private void describe() throws SQLException {
        for (String table : tables()) {
            describeColumns(table);
            List<String> key = primaryKey(table);
            described.put(table + " key", String.join(",", key));
            describeIndexes(table, key);
        }
        switch (kind) {
            case POSTGRESQL -> {
                query(POSTGRESQL_CHECKS, this::describeChecks);
                query(POSTGRESQL_CONDITIONS, this::describeCondition);
            }
            case SQLITE -> {
                query(SQLITE_TABLES, this::describeChecks);
                query(SQLITE_CONDITIONS, this::describeCondition);
            }
        }
    }

    /// Takes a name and a text of SQL.
    private interface Row {
        void take(String name, String sql);
    }

    private void query(String sql, Row row) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                row.take(rows.getString(1), rows.getString(2));
            }
        }
    }

    private void describeChecks(String table, String sql) {
        Matcher check = CHECK.matcher(sql.replaceAll("--[^\n]*", ""));
        while (check.find()) {
            described.put(table + " check " + bare(check.group(1)), "");
        }
    }

    private void describeCondition(String index, String sql) {
        described.put("condition of " + index, bare(sql));
    }

    /// An expression without what the databases add when they write it down again.
    private static String bare(String expression) {
        return expression
                .toLowerCase(Locale.ROOT)
                .replaceAll("::[a-z]+", "")
                .replaceAll("[()]", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private Set<String> tables() throws SQLException {
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

    private void describeColumns(String table) throws SQLException {
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

    private List<String> primaryKey(String table) throws SQLException {
        Map<Integer, String> columns = new TreeMap<>();
        try (ResultSet rows = meta.getPrimaryKeys(null, schema, table)) {
            while (rows.next()) {
                columns.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(columns.values());
    }

    private void describeIndexes(String table, List<String> key) throws SQLException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        Set<String> unique = new TreeSet<>();
        try (ResultSet rows = meta.getIndexInfo(null, schema, table, false, true)) {
            while (rows.next()) {
                String index = rows.getString("INDEX_NAME");
                if (index != null) {
                    columns.computeIfAbsent(index, _ -> new ArrayList<>())
                            .add(rows.getString("COLUMN_NAME"));
                    if (!rows.getBoolean("NON_UNIQUE")) {
                        unique.add(index);
                    }
                }
            }
        }
        columns.forEach(
                (index, of) -> {
                    boolean madeByDatabase =
                            index.endsWith("_pkey") || index.startsWith("sqlite_autoindex_");
                    if (madeByDatabase && unique.contains(index) && of.equals(key)) {
                        return; // The primary key, which has a line of its own.
                    }
                    if (!index.startsWith(table + "_")) {
                        throw new IllegalStateException("An index without a name: " + index);
                    }
                    described.put(
                            table + " index " + index,
                            (unique.contains(index) ? "unique " : "") + String.join(",", of));
                });
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
