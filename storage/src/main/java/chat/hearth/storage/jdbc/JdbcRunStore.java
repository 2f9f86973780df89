package chat.hearth.storage.jdbc;

import chat.hearth.storage.Run;
import chat.hearth.storage.RunStore;
import chat.hearth.storage.WriteTransaction;
import java.util.List;

/// One row per run.
final class JdbcRunStore implements RunStore {
    private static final Sql LAST = Sql.of("SELECT COALESCE(MAX(run_nid), 0) FROM runs");
    private static final Sql INSERT =
            Sql.of("INSERT INTO runs (run_nid, name, started_at) VALUES (?, ?, ?)");
    private static final Sql FORGET = Sql.of("DELETE FROM runs WHERE run_nid <= ?");
    private static final Sql ALL =
            Sql.of("SELECT name, started_at FROM runs ORDER BY run_nid LIMIT ?");

    private final Reads reads;

    JdbcRunStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public void begin(WriteTransaction tx, String name) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        SqlConnection sql = own.sql();
        long run = sql.first(LAST, Binding.NONE, Row::number).orElse(0L) + 1;
        sql.update(INSERT, p -> p.number(run).text(name).number(own.head().position()));
        sql.update(FORGET, p -> p.number(run - KEPT_MAX));
    }

    @Override
    public List<Run> all() {
        return reads.list(ALL, p -> p.number(KEPT_MAX), row -> new Run(row.text(), row.number()));
    }
}
