package chat.hearth.storage.jdbc;

import chat.hearth.storage.FilterStore;
import chat.hearth.storage.WriteTransaction;
import java.util.Optional;
import java.util.OptionalInt;

/// One row per filter, numbered per user.
final class JdbcFilterStore implements FilterStore {
    private static final Sql INSERT =
            Sql.of("INSERT INTO filters (user_nid, filter_nid, hash, json) VALUES (?, ?, ?, ?)");
    private static final Sql FIND_EQUAL =
            Sql.of(
                    "SELECT filter_nid FROM filters{by filters_by_hash}"
                            + " WHERE user_nid {is ?} AND hash {is ?}"
                            + " AND json = ? ORDER BY hash, user_nid LIMIT 1");

    /// Filters are never removed one by one, so this is also how many a user has.
    private static final Sql LAST =
            Sql.of(
                    "SELECT filter_nid FROM filters WHERE user_nid {is ?}"
                            + " ORDER BY user_nid DESC, filter_nid DESC LIMIT 1");

    private static final Sql FIND =
            Sql.of(
                    "SELECT json FROM filters WHERE user_nid {is ?} AND filter_nid {is ?}"
                            + " ORDER BY user_nid, filter_nid LIMIT 1");

    private static final Sql REMOVE =
            Sql.of(
                    "DELETE FROM filters WHERE user_nid = ? AND filter_nid"
                            + Wanted.IN_ROWS
                            + "SELECT filter_nid FROM filters WHERE user_nid {is ?}"
                            + " ORDER BY user_nid, filter_nid LIMIT ?"
                            + Wanted.END_OF_ROWS);

    private final Reads reads;

    JdbcFilterStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public OptionalInt add(WriteTransaction tx, int user, byte[] json, int max) {
        SqlConnection sql = JdbcTransaction.of(tx).sql();
        long hash = Hashes.of(json);
        Optional<Integer> equal = sql.first(FIND_EQUAL, equalTo(user, hash, json), Row::integer);
        if (equal.isPresent()) {
            return OptionalInt.of(equal.get());
        }
        int last = sql.first(LAST, p -> p.number(user), Row::integer).orElse(0);
        if (last >= max) {
            return OptionalInt.empty();
        }
        int filter = last + 1;
        sql.update(INSERT, p -> p.number(user).number(filter).number(hash).bytes(json));
        return OptionalInt.of(filter);
    }

    @Override
    public OptionalInt findEqual(int user, byte[] json) {
        long hash = Hashes.of(json);
        return reads.first(FIND_EQUAL, equalTo(user, hash, json), Row::integer)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private static Binding equalTo(int user, long hash, byte[] json) {
        return p -> p.number(user).number(hash).bytes(json);
    }

    @Override
    public Optional<byte[]> find(int user, int filter) {
        return reads.first(FIND, p -> p.number(user).number(filter), Row::bytes);
    }

    @Override
    public int count(int user) {
        return reads.first(LAST, p -> p.number(user), Row::integer).orElse(0);
    }

    @Override
    public int removeOfUser(WriteTransaction tx, int user, int limit) {
        return JdbcTransaction.of(tx)
                .sql()
                .update(REMOVE, p -> p.number(user).number(user).number(limit));
    }
}
