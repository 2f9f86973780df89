package chat.hearth.storage.jdbc;

import chat.hearth.storage.PresenceStore;
import chat.hearth.storage.StoredPresence;
import chat.hearth.storage.WriteTransaction;
import java.util.List;

/// One row per user.
final class JdbcPresenceStore implements PresenceStore {
    private static final Sql CLOSED =
            Sql.of("SELECT 1 FROM accounts WHERE user_nid = ? AND deactivated <> 0");
    private static final Sql PUT =
            Sql.of(
                    "INSERT INTO presence (user_nid, state, status_message, last_active, told_ts)"
                            + " VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (user_nid) DO UPDATE SET"
                            + " state = excluded.state,"
                            + " status_message = excluded.status_message,"
                            + " last_active = excluded.last_active, told_ts = excluded.told_ts");
    private static final Sql REMOVE = Sql.of("DELETE FROM presence WHERE user_nid = ?");
    private static final Sql LATEST =
            Sql.of(
                    "SELECT user_nid, state, status_message, last_active, told_ts FROM presence"
                            + " ORDER BY told_ts DESC LIMIT ?");

    private final Reads reads;

    JdbcPresenceStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public void put(WriteTransaction tx, StoredPresence presence) {
        SqlConnection sql = JdbcTransaction.of(tx).sql();
        if (sql.first(CLOSED, p -> p.number(presence.user()), Row::number).isPresent()) {
            return;
        }
        sql.update(
                PUT,
                p ->
                        p.number(presence.user())
                                .text(presence.state())
                                .text(presence.statusMessage())
                                .number(presence.lastActive())
                                .number(presence.told()));
    }

    @Override
    public void remove(WriteTransaction tx, int user) {
        JdbcTransaction.of(tx).sql().update(REMOVE, p -> p.number(user));
    }

    @Override
    public List<StoredPresence> latest(int limit) {
        return reads.list(
                LATEST,
                p -> p.number(limit),
                row ->
                        new StoredPresence(
                                row.integer(),
                                row.text(),
                                row.textOrNull(),
                                row.number(),
                                row.number()));
    }
}
