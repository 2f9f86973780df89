package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.migrations.Migrator;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.testkit.db.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The head of the stream on PostgreSQL, where each commit leaves a version of it behind.
final class StreamHeadTest {
    private static final int COMMITS = 3_000;

    /// Pages of the index and of the table that one look and one change take, and some to spare.
    private static final long PAGES_MAX = 20;

    private final TestDatabases.PostgresDatabase fresh = TestDatabases.postgres();
    private final PostgresDialect dialect =
            new PostgresDialect(
                    new DatabaseConfig.Postgres(fresh.url(), fresh.user(), fresh.password(), 1, 1));

    /// A dump holds one snapshot until it ends, and the versions that the snapshot sees with it.
    @Test
    void isFoundAndChangedPastNoneOfTheVersionsThatADumpKeeps() throws SQLException {
        Migrator.bringUpToDate(dialect.kind(), dialect.migrations());
        var meter = new PostgresMeter();
        try (Connection dump = dialect.migrations().getConnection();
                Connection writer = dialect.openWriter(WriterRole.VISITOR)) {
            dump.setAutoCommit(false);
            dump.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertEquals(0, position(dump));
            var plain = new SqlConnection(writer, () -> {}, dialect);
            for (int i = 0; i < COMMITS; i++) {
                commit(writer, plain);
            }
            commit(writer, new SqlConnection(meter.over(writer), () -> {}, dialect));
            assertEquals(0, position(dump));
        }
        Map<String, CostMeter.Cost> costs = meter.take();
        assertEquals(2, costs.size(), costs::toString);
        costs.forEach((text, cost) -> assertTrue(cost.pages() <= PAGES_MAX, () -> text + cost));
        assertEquals(COMMITS + 1, positionNow());
    }

    private void commit(Connection writer, SqlConnection connection) throws SQLException {
        dialect.begin(writer);
        StreamHead head =
                connection.first(dialect.lockHead(), Binding.NONE, StreamHead::of).orElseThrow();
        head.next(StreamHead.Counter.POSITION);
        head.save(connection);
        dialect.commit(writer);
    }

    private long positionNow() throws SQLException {
        try (Connection connection = dialect.migrations().getConnection()) {
            return position(connection);
        }
    }

    private static long position(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT position FROM stream_head")) {
            assertTrue(row.next());
            return row.getLong(1);
        }
    }
}
