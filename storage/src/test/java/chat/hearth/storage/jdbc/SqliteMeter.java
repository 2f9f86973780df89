package chat.hearth.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.ProgressHandler;

/// Counts the steps of SQLite's virtual machine.
final class SqliteMeter extends CostMeter {
    private long steps;

    /// Starts counting what happens on a connection.
    static SqliteMeter on(Connection real) throws SQLException {
        var meter = new SqliteMeter();
        ProgressHandler.setHandler(
                real,
                1,
                new ProgressHandler() {
                    @Override
                    protected int progress() {
                        meter.steps++;
                        return 0;
                    }
                });
        return meter;
    }

    @Override
    Cost before(Connection real, String text, List<String> parameters) {
        return Cost.NONE;
    }

    @Override
    Cost since() {
        var since = new Cost(steps, 0, 0, "");
        steps = 0;
        return since;
    }
}
