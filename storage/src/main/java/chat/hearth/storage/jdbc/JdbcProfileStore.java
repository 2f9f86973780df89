package chat.hearth.storage.jdbc;

import chat.hearth.storage.ProfileField;
import chat.hearth.storage.ProfileStore;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// One row per user and field.
final class JdbcProfileStore implements ProfileStore {
    private static final Sql PUT =
            Sql.of(
                    "INSERT INTO profiles (user_nid, field, value, position) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (user_nid, field) DO UPDATE SET"
                            + " value = excluded.value, position = excluded.position");
    private static final Sql DELETE =
            Sql.of("DELETE FROM profiles WHERE user_nid = ? AND field = ?");
    private static final Sql CLEAR = Sql.of("DELETE FROM profiles WHERE user_nid = ?");
    private static final String COLUMNS =
            "SELECT user_nid, field, value, position FROM profiles WHERE ";
    private static final Sql FIND = Sql.of(COLUMNS + "user_nid = ? AND field = ?");
    private static final Sql OF = Sql.of(COLUMNS + "user_nid = ? ORDER BY field LIMIT ?");

    /// The name stands in it as in the condition of the index.
    static final String PENDING_TEXT =
            COLUMNS + "user_nid > ? AND field = '" + PENDING + "' ORDER BY user_nid LIMIT ?";

    private static final Sql ALL_PENDING = Sql.of(PENDING_TEXT);

    private final Reads reads;

    JdbcProfileStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public void put(WriteTransaction tx, ProfileField field) {
        JdbcTransaction.of(tx)
                .sql()
                .update(
                        PUT,
                        p ->
                                p.number(field.user())
                                        .text(field.field())
                                        .bytes(field.value())
                                        .number(field.position()));
    }

    @Override
    public boolean remove(WriteTransaction tx, int user, String field) {
        return JdbcTransaction.of(tx).sql().update(DELETE, p -> p.number(user).text(field)) == 1;
    }

    @Override
    public void clear(WriteTransaction tx, int user) {
        JdbcTransaction.of(tx).sql().update(CLEAR, p -> p.number(user));
    }

    @Override
    public Optional<ProfileField> find(int user, String field) {
        return reads.first(FIND, p -> p.number(user).text(field), JdbcProfileStore::field);
    }

    @Override
    public List<ProfileField> of(int user, int limit) {
        return reads.list(OF, p -> p.number(user).number(limit), JdbcProfileStore::field);
    }

    @Override
    public List<ProfileField> pending(int after, int limit) {
        return reads.list(ALL_PENDING, p -> p.number(after).number(limit), JdbcProfileStore::field);
    }

    private static ProfileField field(Row row) throws SQLException {
        return new ProfileField(row.integer(), row.text(), row.bytes(), row.number());
    }
}
