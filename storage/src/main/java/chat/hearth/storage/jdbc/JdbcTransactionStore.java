package chat.hearth.storage.jdbc;

import chat.hearth.storage.StoredAnswer;
import chat.hearth.storage.TransactionKey;
import chat.hearth.storage.TransactionStore;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One row per answered transaction.
final class JdbcTransactionStore implements TransactionStore {
    private static final Sql INSERT =
            Sql.of(
                    "INSERT INTO transactions (position, device_nid, scope, txn_id, ts)"
                            + " VALUES (?, ?, ?, ?, ?)");
    private static final Sql FIND =
            Sql.of(
                    "SELECT position, ts FROM transactions"
                            + " WHERE txn_id = ? AND device_nid = ? AND scope = ?");
    private static final Sql AT =
            Sql.of(
                    "SELECT position, device_nid, txn_id FROM "
                            + Wanted.EACH
                            + "transactions WHERE position"
                            + Wanted.IS_EACH);
    private static final Sql REMOVE_OLDER =
            Sql.of(
                    "DELETE FROM transactions WHERE ts < ? AND position IN"
                            + " (SELECT position FROM transactions ORDER BY position LIMIT ?)");

    private final Reads reads;

    private record At(long position, int device, String txnId) {}

    JdbcTransactionStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public Optional<StoredAnswer> find(TransactionKey key) {
        return reads.first(
                FIND,
                p -> p.text(key.txnId()).number(key.device()).number(key.scope()),
                row -> new StoredAnswer(row.number(), row.number()));
    }

    @Override
    public void record(WriteTransaction tx, TransactionKey key, StoredAnswer answer) {
        JdbcTransaction.of(tx)
                .sql()
                .insert(
                        INSERT,
                        p ->
                                p.number(answer.position())
                                        .number(key.device())
                                        .number(key.scope())
                                        .text(key.txnId())
                                        .number(answer.ts()));
    }

    @Override
    public Map<Long, String> txnIds(int device, long[] positions) {
        Map<Long, String> own = new HashMap<>();
        for (At at : reads.listOf(AT, positions, JdbcTransactionStore::at)) {
            if (at.device() == device) {
                own.put(at.position(), at.txnId());
            }
        }
        return own;
    }

    @Override
    public int removeOlder(WriteTransaction tx, long before, int limit) {
        return JdbcTransaction.of(tx)
                .sql()
                .update(REMOVE_OLDER, p -> p.number(before).number(limit));
    }

    private static At at(Row row) throws SQLException {
        return new At(row.number(), row.integer(), row.text());
    }
}
