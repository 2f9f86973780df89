package chat.hearth.storage.jdbc;

import chat.hearth.storage.FilterStore;
import chat.hearth.storage.WriteTransaction;
import java.util.Optional;

/// One row per filter, numbered per user.
final class JdbcFilterStore implements FilterStore {
    private static final Sql INSERT =
            Sql.of("INSERT INTO filters (user_nid, filter_nid, json) VALUES (?, ?, ?)");
    private static final Sql FIND_EQUAL =
            Sql.of("SELECT filter_nid FROM filters WHERE user_nid = ? AND json = ? LIMIT 1");
    private static final Sql LAST =
            Sql.of("SELECT COALESCE(MAX(filter_nid), 0) FROM filters WHERE user_nid = ?");
    private static final Sql FIND =
            Sql.of("SELECT json FROM filters WHERE user_nid = ? AND filter_nid = ?");
    private static final Sql COUNT = Sql.of("SELECT COUNT(*) FROM filters WHERE user_nid = ?");

    private final Reads reads;

    JdbcFilterStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public int add(WriteTransaction tx, int user, byte[] json) {
        SqlConnection sql = JdbcTransaction.of(tx).sql();
        Optional<Integer> equal =
                sql.first(FIND_EQUAL, p -> p.number(user).bytes(json), Row::integer);
        if (equal.isPresent()) {
            return equal.get();
        }
        int filter = sql.first(LAST, p -> p.number(user), Row::integer).orElse(0) + 1;
        sql.update(INSERT, p -> p.number(user).number(filter).bytes(json));
        return filter;
    }

    @Override
    public Optional<byte[]> find(int user, int filter) {
        return reads.first(FIND, p -> p.number(user).number(filter), Row::bytes);
    }

    @Override
    public int count(int user) {
        return reads.first(COUNT, p -> p.number(user), Row::integer).orElse(0);
    }
}
