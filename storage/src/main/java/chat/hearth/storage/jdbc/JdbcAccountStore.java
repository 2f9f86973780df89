package chat.hearth.storage.jdbc;

import chat.hearth.protocol.id.UserId;
import chat.hearth.storage.Account;
import chat.hearth.storage.AccountStore;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// One row per local account.
final class JdbcAccountStore implements AccountStore {
    private static final Sql INSERT =
            Sql.of(
                    "INSERT INTO accounts (user_nid, password_hash, created_ts, admin, guest,"
                            + " deactivated, erased, locked, suspended)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (user_nid) DO NOTHING");

    private static final String SELECT =
            "SELECT accounts.user_nid, user_id, password_hash, created_ts, admin, guest,"
                    + " deactivated, erased, locked, suspended FROM ";
    private static final String COLUMNS =
            SELECT + "accounts JOIN users ON users.user_nid = accounts.user_nid WHERE ";
    private static final Sql BY_ID = Sql.of(COLUMNS + "user_id = ?");
    private static final Sql BY_NUMBER = Sql.of(COLUMNS + "accounts.user_nid = ?");
    private static final Sql ALL =
            Sql.of(
                    SELECT
                            + "(SELECT * FROM accounts WHERE user_nid > ?"
                            + " ORDER BY user_nid LIMIT ?) AS accounts CROSS JOIN users"
                            + " WHERE users.user_nid = accounts.user_nid"
                            + " ORDER BY accounts.user_nid");

    private static final Sql SET_PASSWORD =
            Sql.of("UPDATE accounts SET password_hash = ? WHERE user_nid = ?");
    private static final Sql DEACTIVATE =
            Sql.of("UPDATE accounts SET deactivated = 1, password_hash = NULL WHERE user_nid = ?");
    private static final Sql ERASE = Sql.of("UPDATE accounts SET erased = 1 WHERE user_nid = ?");
    private static final Sql SET_ADMIN = Sql.of("UPDATE accounts SET admin = ? WHERE user_nid = ?");
    private static final Sql SET_LOCKED =
            Sql.of("UPDATE accounts SET locked = ? WHERE user_nid = ?");
    private static final Sql SET_SUSPENDED =
            Sql.of("UPDATE accounts SET suspended = ? WHERE user_nid = ?");

    private static final Sql SET_GUEST = Sql.of("UPDATE accounts SET guest = ? WHERE user_nid = ?");

    private final Reads reads;
    private final ErasedUsers erased;

    JdbcAccountStore(Reads reads, ErasedUsers erased) {
        this.reads = reads;
        this.erased = erased;
    }

    @Override
    public boolean add(WriteTransaction tx, Account account) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        if (account.erased()) {
            erased.addOnCommit(own, account.user());
        }
        return own.sql()
                        .update(
                                INSERT,
                                p ->
                                        p.number(account.user())
                                                .text(account.passwordHash())
                                                .number(account.createdTs())
                                                .flag(account.admin())
                                                .flag(account.guest())
                                                .flag(account.deactivated())
                                                .flag(account.erased())
                                                .flag(account.locked())
                                                .flag(account.suspended()))
                == 1;
    }

    @Override
    public Optional<Account> find(UserId userId) {
        return reads.first(BY_ID, p -> p.text(userId.value()), JdbcAccountStore::account);
    }

    @Override
    public Optional<Account> find(int user) {
        return reads.first(BY_NUMBER, p -> p.number(user), JdbcAccountStore::account);
    }

    @Override
    public void changePassword(WriteTransaction tx, int user, String passwordHash) {
        JdbcTransaction.of(tx).sql().update(SET_PASSWORD, p -> p.text(passwordHash).number(user));
    }

    @Override
    public void deactivate(WriteTransaction tx, int user, boolean erase) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        own.sql().update(DEACTIVATE, p -> p.number(user));
        if (erase) {
            own.sql().update(ERASE, p -> p.number(user));
            erased.addOnCommit(own, user);
        }
    }

    @Override
    public boolean isErased(int user) {
        return erased.contains(user);
    }

    @Override
    public void changeAdmin(WriteTransaction tx, int user, boolean admin) {
        set(tx, SET_ADMIN, user, admin);
    }

    @Override
    public void changeLocked(WriteTransaction tx, int user, boolean locked) {
        set(tx, SET_LOCKED, user, locked);
    }

    @Override
    public void changeSuspended(WriteTransaction tx, int user, boolean suspended) {
        set(tx, SET_SUSPENDED, user, suspended);
    }

    @Override
    public void changeGuest(WriteTransaction tx, int user, boolean guest) {
        set(tx, SET_GUEST, user, guest);
    }

    @Override
    public List<Account> all(int after, int limit) {
        return reads.list(ALL, p -> p.number(after).number(limit), JdbcAccountStore::account);
    }

    private static void set(WriteTransaction tx, Sql sql, int user, boolean value) {
        JdbcTransaction.of(tx).sql().update(sql, p -> p.flag(value).number(user));
    }

    private static Account account(Row row) throws SQLException {
        return new Account(
                row.integer(),
                new UserId(row.text()),
                row.textOrNull(),
                row.number(),
                row.flag(),
                row.flag(),
                row.flag(),
                row.flag(),
                row.flag(),
                row.flag());
    }
}
