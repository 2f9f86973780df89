package chat.hearth.storage.jdbc;

import chat.hearth.storage.AccessToken;
import chat.hearth.storage.RefreshToken;
import chat.hearth.storage.TokenStore;
import chat.hearth.storage.WriteTransaction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One row per token.
final class JdbcTokenStore implements TokenStore {
    private static final String VALUES =
            " (token_hash, user_nid, device_nid, generation, expires_ts) VALUES (?, ?, ?, ?, ?)";
    private static final Sql INSERT_ACCESS = Sql.of("INSERT INTO access_tokens" + VALUES);
    private static final Sql INSERT_REFRESH =
            Sql.of(
                    "INSERT INTO refresh_tokens (token_hash, user_nid, device_nid, generation,"
                            + " expires_ts, used) VALUES (?, ?, ?, ?, ?, 0)");

    private static final String COLUMNS = "SELECT user_nid, device_nid, generation, expires_ts";
    private static final String WITH_HASH = " WHERE token_hash = ?";
    private static final Sql FIND_ACCESS = Sql.of(COLUMNS + " FROM access_tokens" + WITH_HASH);
    private static final Sql FIND_REFRESH =
            Sql.of(COLUMNS + ", used FROM refresh_tokens" + WITH_HASH);
    private static final Sql EXCHANGE =
            Sql.of("UPDATE refresh_tokens SET used = 1 WHERE token_hash = ? AND used = 0");
    private static final Sql LATEST =
            Sql.of(
                    "SELECT generation FROM refresh_tokens WHERE device_nid = ?"
                            + " ORDER BY generation DESC LIMIT 1");

    private static final String OLDER = " WHERE device_nid = ? AND generation < ?";
    private static final List<Sql> RETIRE =
            List.of(
                    Sql.of("DELETE FROM access_tokens" + OLDER),
                    Sql.of("DELETE FROM refresh_tokens" + OLDER + " AND used = 0"),
                    Sql.of("UPDATE refresh_tokens SET used = 2" + OLDER + " AND used = 1"));
    private static final Sql FORGET_USED = Sql.of("DELETE FROM refresh_tokens" + OLDER);
    private static final int USED_UP = 2;

    private static final String OF_DEVICE = " WHERE device_nid = ?";
    private static final List<Sql> REMOVE_OF_DEVICE =
            List.of(
                    Sql.of("DELETE FROM access_tokens" + OF_DEVICE),
                    Sql.of("DELETE FROM refresh_tokens" + OF_DEVICE));

    private static final String OF_USER =
            " WHERE device_nid IN (SELECT device_nid FROM devices WHERE user_nid = ?)";
    private static final Sql REMOVE_LOGINS = Sql.of("DELETE FROM login_tokens WHERE user_nid = ?");
    private static final List<Sql> REMOVE_OF_USER =
            List.of(
                    Sql.of("DELETE FROM access_tokens" + OF_USER),
                    Sql.of("DELETE FROM refresh_tokens" + OF_USER),
                    REMOVE_LOGINS);

    private static final Sql INSERT_LOGIN =
            Sql.of("INSERT INTO login_tokens (token_hash, user_nid, expires_ts) VALUES (?, ?, ?)");
    private static final Sql FIND_LOGIN =
            Sql.of("SELECT user_nid FROM login_tokens WHERE token_hash = ? AND expires_ts > ?");
    private static final Sql REMOVE_LOGIN = Sql.of("DELETE FROM login_tokens" + WITH_HASH);

    private static final List<Sql> REMOVE_EXPIRED =
            List.of(expired("access_tokens"), expired("refresh_tokens"), expired("login_tokens"));

    private final Reads reads;

    JdbcTokenStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public void addAccess(WriteTransaction tx, byte[] hash, AccessToken token) {
        int generation = token.generation();
        add(tx, INSERT_ACCESS, hash, token.user(), token.device(), generation, token.expiresTs());
    }

    @Override
    public Optional<AccessToken> findAccess(byte[] hash) {
        return reads.first(
                FIND_ACCESS,
                p -> p.bytes(hash),
                row -> new AccessToken(row.integer(), row.integer(), row.integer(), row.number()));
    }

    @Override
    public void addRefresh(WriteTransaction tx, byte[] hash, RefreshToken token) {
        int generation = token.generation();
        add(tx, INSERT_REFRESH, hash, token.user(), token.device(), generation, token.expiresTs());
    }

    @Override
    public Optional<RefreshToken> findRefresh(byte[] hash) {
        return reads.first(
                FIND_REFRESH,
                p -> p.bytes(hash),
                row ->
                        new RefreshToken(
                                row.integer(),
                                row.integer(),
                                row.integer(),
                                row.number(),
                                row.integer() == USED_UP));
    }

    @Override
    public int exchange(WriteTransaction tx, byte[] hash, int device) {
        SqlConnection sql = JdbcTransaction.of(tx).sql();
        sql.update(EXCHANGE, p -> p.bytes(hash));
        return sql.first(LATEST, p -> p.number(device), Row::integer).orElse(0) + 1;
    }

    @Override
    public int retireBefore(WriteTransaction tx, int device, int generation) {
        int ended = updateAll(tx, RETIRE, p -> p.number(device).number(generation));
        if (ended > 0) {
            JdbcTransaction.of(tx)
                    .sql()
                    .update(
                            FORGET_USED,
                            p -> p.number(device).number((long) generation - USED_KEPT));
        }
        return ended;
    }

    @Override
    public void removeOfDevice(WriteTransaction tx, int device) {
        updateAll(tx, REMOVE_OF_DEVICE, p -> p.number(device));
    }

    @Override
    public void removeOfUser(WriteTransaction tx, int user) {
        updateAll(tx, REMOVE_OF_USER, p -> p.number(user));
    }

    @Override
    public void addLogin(WriteTransaction tx, byte[] hash, int user, long expiresTs) {
        JdbcTransaction.of(tx)
                .sql()
                .update(INSERT_LOGIN, p -> p.bytes(hash).number(user).number(expiresTs));
    }

    @Override
    public OptionalInt takeLogin(WriteTransaction tx, byte[] hash, long now) {
        SqlConnection sql = JdbcTransaction.of(tx).sql();
        Optional<Integer> user =
                sql.first(FIND_LOGIN, p -> p.bytes(hash).number(now), Row::integer);
        sql.update(REMOVE_LOGIN, p -> p.bytes(hash));
        return user.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    @Override
    public void removeLoginsOfUser(WriteTransaction tx, int user) {
        JdbcTransaction.of(tx).sql().update(REMOVE_LOGINS, p -> p.number(user));
    }

    @Override
    public int removeExpired(WriteTransaction tx, long before, int limit) {
        return updateAll(tx, REMOVE_EXPIRED, p -> p.number(before).number(limit));
    }

    private static void add(
            WriteTransaction tx,
            Sql sql,
            byte[] hash,
            int user,
            int device,
            int generation,
            long expiresTs) {
        JdbcTransaction.of(tx)
                .sql()
                .update(
                        sql,
                        p ->
                                p.bytes(hash)
                                        .number(user)
                                        .number(device)
                                        .number(generation)
                                        .number(expiresTs));
    }

    private static Sql expired(String table) {
        return Sql.of(
                "DELETE FROM "
                        + table
                        + " WHERE token_hash IN (SELECT token_hash FROM "
                        + table
                        + " WHERE expires_ts > 0 AND expires_ts < ?"
                        + " ORDER BY expires_ts LIMIT ?)");
    }

    private static int updateAll(WriteTransaction tx, List<Sql> statements, Binding binding) {
        SqlConnection sql = JdbcTransaction.of(tx).sql();
        int changed = 0;
        for (Sql statement : statements) {
            changed += sql.update(statement, binding);
        }
        return changed;
    }
}
