package chat.hearth.storage.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Lets PostgreSQL explain each statement by running it, and undoes that before it really runs.
/// Keeps its prepared statements, and with them their plans, over several measurements.
final class PostgresMeter extends CostMeter {
    private static final Pattern ACTUAL = Pattern.compile("actual rows=([0-9.]+) loops=([0-9]+)");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by [A-Za-z ]+: ([0-9]+)");
    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared (.*)");
    private static final Pattern TOUCHED = Pattern.compile("(?:hit|read)=([0-9]+)");

    private final Map<String, String> prepared = new HashMap<>();

    @Override
    Cost since() {
        return Cost.NONE;
    }

    @Override
    Cost before(Connection real, String text, List<String> parameters) throws SQLException {
        String arguments = parameters.isEmpty() ? "" : "(" + String.join(",", parameters) + ")";
        try (Statement statement = real.createStatement()) {
            String name = prepared.get(text);
            if (name == null) {
                name = "cost_" + prepared.size();
                statement.execute("PREPARE " + name + types(parameters) + " AS " + numbered(text));
                prepared.put(text, name);
                // A session reads what the catalog says of a table and its indexes when it first
                // needs it, and again after ANALYZE. That counts as pages, but belongs to no
                // statement.
                var _ = explained(real, statement, name + arguments);
            }
            return cost(explained(real, statement, name + arguments));
        }
    }

    private static String explained(Connection real, Statement statement, String call)
            throws SQLException {
        Savepoint before = real.setSavepoint();
        var plan = new StringBuilder();
        try (ResultSet lines =
                statement.executeQuery(
                        "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF) EXECUTE " + call)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        real.rollback(before);
        return plan.toString();
    }

    /// The driver says what a parameter is, unless it is NULL.
    private static String types(List<String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.stream()
                        .map(
                                literal ->
                                        literal.equals("NULL")
                                                ? "unknown"
                                                : literal.substring(literal.lastIndexOf(':') + 1))
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static String numbered(String text) {
        var numbered = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            numbered.append(c == '?' ? "$" + ++count : String.valueOf(c));
        }
        return numbered.toString();
    }

    private static Cost cost(String plan) {
        long rows = 0;
        long pages = -1;
        long loops = 1;
        for (String line : plan.lines().toList()) {
            if (line.contains("Planning:")) {
                break;
            }
            Matcher actual = ACTUAL.matcher(line);
            if (actual.find()) {
                loops = Long.parseLong(actual.group(2));
                rows += Math.round(Double.parseDouble(actual.group(1)) * loops);
            }
            Matcher removed = REMOVED.matcher(line);
            if (removed.find()) {
                rows += Long.parseLong(removed.group(1)) * loops;
            }
            Matcher buffers = BUFFERS.matcher(line);
            if (buffers.find() && pages < 0) {
                pages =
                        TOUCHED.matcher(buffers.group(1))
                                .results()
                                .mapToLong(found -> Long.parseLong(found.group(1)))
                                .sum();
            }
        }
        return new Cost(rows, Math.max(pages, 0), 0, plan);
    }
}
