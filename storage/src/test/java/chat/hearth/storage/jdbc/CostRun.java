package chat.hearth.storage.jdbc;

import chat.hearth.storage.ReadContext;
import chat.hearth.storage.ReadScopes;
import chat.hearth.storage.StorageMetrics;
import chat.hearth.storage.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What each of [CostCases] costs on one database, statement by statement.
///
/// @param ofCases the costs by the text of the statement, by the name of the case
record CostRun(Map<String, Map<String, CostMeter.Cost>> ofCases) {
    /// So much may be added whatever it was: what a deeper index takes.
    private static final long WORK_MORE = 30;

    /// A page for each level that a hundredfold index has more, and for each row that then lies on
    /// a page of its own.
    private static final long PAGES_MORE = 20;

    private static final int WORK_TIMES = 2;
    private static final int PAGES_TIMES = 4;

    /// Runs all cases and undoes what they change.
    static CostRun on(Connection real, SqlDialect dialect, CostScale scale, CostMeter meter)
            throws SQLException {
        Map<String, Map<String, CostMeter.Cost>> costs = new LinkedHashMap<>();
        for (Map.Entry<String, CostCases.Case> each : CostCases.all().entrySet()) {
            var connection = new SqlConnection(meter.over(real), () -> {}, dialect);
            dialect.begin(real);
            run(each.getValue(), connection, dialect, scale);
            costs.put(each.getKey(), meter.take());
            dialect.rollback(real);
        }
        return new CostRun(costs);
    }

    /// The caches of the stores are empty in each case.
    private static void run(
            CostCases.Case asked, SqlConnection connection, SqlDialect dialect, CostScale scale) {
        var sessions =
                new Sessions(new NoReaders(), new ReadScopes(), new StorageMetrics().statements());
        sessions.inWrite(
                connection,
                () -> {
                    Stores stores = JdbcStores.over(sessions);
                    StreamHead head =
                            connection
                                    .first(dialect.lockHead(), Binding.NONE, StreamHead::of)
                                    .orElseThrow();
                    var tx = new JdbcTransaction(connection, head);
                    asked.run(stores, tx, scale);
                    head.leaveMark(1);
                    tx.complete();
                });
    }

    private record NoReaders() implements ReaderPool {
        @Override
        public <R> R run(ReadContext context, boolean snapshot, Function<SqlConnection, R> query) {
            throw new IllegalStateException("A case reads outside of its transaction");
        }

        @Override
        public void close() {}
    }

    /// What costs more than it may, going by a run on a smaller database; a line for each.
    List<String> growthSince(CostRun smaller, Map<String, String> names) {
        List<String> grown = new ArrayList<>();
        ofCases.forEach(
                (name, statements) ->
                        statements.forEach(
                                (text, cost) -> {
                                    CostMeter.Cost before =
                                            smaller.ofCases()
                                                    .getOrDefault(name, Map.of())
                                                    .getOrDefault(text, CostMeter.Cost.NONE);
                                    if (!isAllowed(before, cost)) {
                                        grown.add(
                                                "%s in '%s': %s, on a small database %s"
                                                        .formatted(
                                                                names.getOrDefault(text, text),
                                                                name,
                                                                cost,
                                                                before.counts()));
                                    }
                                }));
        return grown;
    }

    private static boolean isAllowed(CostMeter.Cost before, CostMeter.Cost after) {
        return before.results() == after.results()
                && after.work() <= WORK_TIMES * before.work() + WORK_MORE
                && after.pages() <= PAGES_TIMES * before.pages() + PAGES_MORE;
    }

    /// Whether a statement ran in any of the cases.
    boolean hasRun(String text) {
        return ofCases.values().stream().anyMatch(statements -> statements.containsKey(text));
    }
}
