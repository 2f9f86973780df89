package chat.hearth.acceptance.power;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/// Opens what a loss of power left and compares it with what was acknowledged before.
final class ImageAudit {

    private static final String SOUND = "ok";

    private final Connection connection;
    private final Set<Acknowledgement> acknowledged;
    private final List<String> violations = new ArrayList<>();

    private ImageAudit(Connection connection, Set<Acknowledgement> acknowledged) {
        this.connection = connection;
        this.acknowledged = acknowledged;
    }

    /// What is wrong with the database in `directory`; empty when nothing is.
    static List<String> violations(Path directory, Set<Acknowledgement> acknowledged) {
        Path file = directory.resolve(TracedWriter.DATABASE_FILE);
        if (!Files.exists(file)) {
            return acknowledged.isEmpty() ? List.of() : List.of("lost: the whole database");
        }
        var config = new SQLiteConfig();
        // The image itself need not survive.
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
            var audit = new ImageAudit(connection, acknowledged);
            audit.run();
            return audit.violations;
        } catch (SQLException unreadable) {
            return List.of("unreadable: " + unreadable.getMessage());
        }
    }

    private void run() throws SQLException {
        List<String> soundness = query("PRAGMA integrity_check", row -> row.getString(1));
        if (!soundness.equals(List.of(SOUND))) {
            violations.add("damaged: " + soundness);
            return;
        }
        // The last table of the script: tables are made in one transaction.
        boolean hasTables =
                !query("SELECT 1 FROM sqlite_schema WHERE name = 'transactions'", _ -> 1).isEmpty();
        Map<Long, Acknowledgement> stored = hasTables ? stored() : Map.of();
        Set<Acknowledgement> lost = new HashSet<>(acknowledged);
        lost.removeAll(stored.values());
        if (!lost.isEmpty()) {
            violations.add("lost: " + lost);
        }
        if (hasTables) {
            checkHead(stored);
            checkWhole(stored);
        }
    }

    private Map<Long, Acknowledgement> stored() throws SQLException {
        Map<Long, Acknowledgement> stored = new HashMap<>();
        query(
                "SELECT position, client_json FROM events",
                row -> stored.put(row.getLong(1), Acknowledgement.ofContent(row.getBytes(2))));
        return stored;
    }

    /// Positions are given without gaps, and so are a writer's numbers.
    private void checkHead(Map<Long, Acknowledgement> stored) throws SQLException {
        long head = query("SELECT position FROM stream_head", row -> row.getLong(1)).getFirst();
        Map<Integer, Integer> last = new HashMap<>();
        for (long position = 1; position <= head; position++) {
            Acknowledgement write = stored.get(position);
            if (write == null) {
                violations.add("nothing at position " + position + " of " + head);
            } else if (write.number() != last.merge(write.writer(), 1, Integer::sum)) {
                violations.add("out of turn: " + write + " at " + position);
            }
        }
        if (stored.size() != head) {
            violations.add("the head is " + head + ", but there are " + stored.size() + " events");
        }
    }

    /// A write is there wholly or not at all: event, transaction id and replaced value.
    private void checkWhole(Map<Long, Acknowledgement> stored) throws SQLException {
        Map<Long, String> transactions = new HashMap<>();
        query(
                "SELECT position, txn_id FROM transactions",
                row -> transactions.put(row.getLong(1), row.getString(2)));
        Map<Long, String> tags = new HashMap<>();
        Map<Integer, Long> lastPosition = new HashMap<>();
        stored.forEach(
                (position, write) -> {
                    tags.put(position, write.tag());
                    lastPosition.merge(write.writer(), position, Math::max);
                });
        if (!transactions.equals(tags)) {
            violations.add("half a write: events " + tags + ", transactions " + transactions);
        }
        Map<Integer, Long> values = new HashMap<>();
        query(
                "SELECT user_nid, position, content FROM account_data",
                row -> {
                    Acknowledgement write = Acknowledgement.ofContent(row.getBytes(3));
                    if (!write.equals(stored.get(row.getLong(2)))) {
                        violations.add("half a write: the value is of " + write);
                    }
                    return values.put(row.getInt(1), row.getLong(2));
                });
        if (!values.equals(lastPosition)) {
            violations.add("half a write: values at " + values + ", events " + lastPosition);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Reading<T> reading) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(reading.of(row));
            }
        }
        return rows;
    }
}
