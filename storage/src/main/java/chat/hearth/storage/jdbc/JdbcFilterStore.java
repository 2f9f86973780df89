package chat.hearth.storage.jdbc;

import chat.hearth.storage.FilterStore;
import chat.hearth.storage.WriteTransaction;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.OptionalInt;

/// One row per filter, numbered per user.
final class JdbcFilterStore implements FilterStore {
    private static final Sql INSERT =
            Sql.of("INSERT INTO filters (user_nid, filter_nid, hash, json) VALUES (?, ?, ?, ?)");
    private static final Sql FIND_EQUAL =
            Sql.of(
                    "SELECT filter_nid FROM filters"
                            + " WHERE user_nid = ? AND hash = ? AND json = ? LIMIT 1");
    private static final Sql LAST =
            Sql.of("SELECT COALESCE(MAX(filter_nid), 0) FROM filters WHERE user_nid = ?");
    private static final Sql FIND =
            Sql.of("SELECT json FROM filters WHERE user_nid = ? AND filter_nid = ?");
    private static final Sql COUNT = Sql.of("SELECT COUNT(*) FROM filters WHERE user_nid = ?");

    private static final Sql REMOVE =
            Sql.of(
                    "DELETE FROM filters WHERE user_nid = ? AND filter_nid IN"
                            + " (SELECT filter_nid FROM filters WHERE user_nid = ? LIMIT ?)");

    private final Reads reads;

    JdbcFilterStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public OptionalInt add(WriteTransaction tx, int user, byte[] json, int max) {
        SqlConnection sql = JdbcTransaction.of(tx).sql();
        long hash = hash(json);
        Optional<Integer> equal =
                sql.first(FIND_EQUAL, p -> p.number(user).number(hash).bytes(json), Row::integer);
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
        long hash = hash(json);
        return reads.first(FIND_EQUAL, p -> p.number(user).number(hash).bytes(json), Row::integer)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private static long hash(byte[] json) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(json)).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public Optional<byte[]> find(int user, int filter) {
        return reads.first(FIND, p -> p.number(user).number(filter), Row::bytes);
    }

    @Override
    public int count(int user) {
        return reads.first(COUNT, p -> p.number(user), Row::integer).orElse(0);
    }

    @Override
    public int removeOfUser(WriteTransaction tx, int user, int limit) {
        return JdbcTransaction.of(tx)
                .sql()
                .update(REMOVE, p -> p.number(user).number(user).number(limit));
    }
}
