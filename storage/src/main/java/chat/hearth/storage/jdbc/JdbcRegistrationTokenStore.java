package chat.hearth.storage.jdbc;

import chat.hearth.storage.RegistrationToken;
import chat.hearth.storage.RegistrationTokenStore;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// One row per registration token.
final class JdbcRegistrationTokenStore implements RegistrationTokenStore {
    private static final Sql INSERT =
            Sql.of(
                    "INSERT INTO registration_tokens (uses_allowed, expires_ts, pending,"
                            + " completed, token) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (token) DO NOTHING");
    private static final Sql CHANGE =
            Sql.of(
                    "UPDATE registration_tokens SET uses_allowed = ?, expires_ts = ?"
                            + " WHERE token = ?");
    private static final Sql RESERVE =
            Sql.of("UPDATE registration_tokens SET pending = pending + 1 WHERE token = ?");
    private static final Sql RELEASE =
            Sql.of(
                    "UPDATE registration_tokens SET pending = pending - 1,"
                            + " completed = completed + ? WHERE token = ? AND pending > 0");
    private static final Sql DELETE = Sql.of("DELETE FROM registration_tokens WHERE token = ?");
    private static final String COLUMNS =
            "SELECT token, uses_allowed, pending, completed, expires_ts FROM registration_tokens"
                    + " WHERE token ";
    private static final Sql FIND = Sql.of(COLUMNS + "= ?");
    private static final Sql ALL = Sql.of(COLUMNS + "> ? ORDER BY token LIMIT ?");

    private final Reads reads;

    JdbcRegistrationTokenStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public boolean add(WriteTransaction tx, RegistrationToken token) {
        return JdbcTransaction.of(tx)
                        .sql()
                        .update(
                                INSERT,
                                p ->
                                        p.optional(token.usesAllowed())
                                                .number(token.expiresTs())
                                                .number(token.pending())
                                                .number(token.completed())
                                                .text(token.token()))
                == 1;
    }

    @Override
    public Optional<RegistrationToken> find(String token) {
        return reads.first(FIND, p -> p.text(token), JdbcRegistrationTokenStore::token);
    }

    @Override
    public boolean reserve(WriteTransaction tx, String token, long now) {
        boolean usable = find(token).filter(found -> found.isUsable(now)).isPresent();
        return usable && JdbcTransaction.of(tx).sql().update(RESERVE, p -> p.text(token)) == 1;
    }

    @Override
    public void release(WriteTransaction tx, String token, boolean completed) {
        JdbcTransaction.of(tx).sql().update(RELEASE, p -> p.flag(completed).text(token));
    }

    @Override
    public boolean change(WriteTransaction tx, RegistrationToken token) {
        return JdbcTransaction.of(tx)
                        .sql()
                        .update(
                                CHANGE,
                                p ->
                                        p.optional(token.usesAllowed())
                                                .number(token.expiresTs())
                                                .text(token.token()))
                == 1;
    }

    @Override
    public boolean remove(WriteTransaction tx, String token) {
        return JdbcTransaction.of(tx).sql().update(DELETE, p -> p.text(token)) == 1;
    }

    @Override
    public List<RegistrationToken> all(String after, int limit) {
        return reads.list(ALL, p -> p.text(after).number(limit), JdbcRegistrationTokenStore::token);
    }

    private static RegistrationToken token(Row row) throws SQLException {
        return new RegistrationToken(
                row.text(), row.optional(), row.integer(), row.integer(), row.number());
    }
}
