package chat.hearth.storage.jdbc;

import chat.hearth.storage.AccountData;
import chat.hearth.storage.AccountDataOutline;
import chat.hearth.storage.AccountDataStore;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// One row per user, room and type.
final class JdbcAccountDataStore implements AccountDataStore {
    private static final Sql PUT =
            Sql.of(
                    "INSERT INTO account_data (user_nid, room_nid, type_nid, position, content)"
                            + " VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (user_nid, room_nid, type_nid) DO UPDATE SET"
                            + " position = excluded.position, content = excluded.content");

    private static final String COLUMNS =
            "SELECT user_nid, room_nid, type_nid, position, content FROM account_data";
    private static final Sql FIND =
            Sql.of(
                    COLUMNS
                            + " WHERE user_nid {is ?} AND room_nid {is ?} AND type_nid {is ?}"
                            + " ORDER BY user_nid, room_nid, type_nid LIMIT 1");
    private static final String OF_PLACE =
            " WHERE user_nid {is ?} AND room_nid {is ?}"
                    + " ORDER BY user_nid, room_nid, type_nid LIMIT ?";
    private static final Sql OF = Sql.of(COLUMNS + OF_PLACE);

    /// Both databases know how long a value is without reading it.
    private static final String OUTLINE =
            "SELECT room_nid, type_nid, position, LENGTH(content),"
                    + " CASE WHEN LENGTH(content) <= "
                    + AccountDataOutline.SHORT_BYTES_MAX
                    + " THEN content END FROM account_data";

    private static final Sql OUTLINES_OF = Sql.of(OUTLINE + OF_PLACE);
    private static final Sql CHANGED =
            Sql.of(
                    OUTLINE
                            + "{by account_data_by_position} WHERE user_nid {is ?}"
                            + " AND position > ? AND position <= ?"
                            + " ORDER BY user_nid, position LIMIT ?");

    private static final Sql REMOVE =
            Sql.of(
                    "DELETE FROM account_data WHERE user_nid = ? AND (room_nid, type_nid) <="
                            + " (SELECT room_nid, type_nid FROM"
                            + " (SELECT room_nid, type_nid FROM account_data WHERE user_nid {is ?}"
                            + " ORDER BY user_nid, room_nid, type_nid LIMIT ?) AS removed"
                            + " ORDER BY room_nid DESC, type_nid DESC LIMIT 1)");

    private final Reads reads;
    private final JdbcIdentifierStore identifiers;

    JdbcAccountDataStore(Reads reads, JdbcIdentifierStore identifiers) {
        this.reads = reads;
        this.identifiers = identifiers;
    }

    @Override
    public void put(WriteTransaction tx, AccountData data) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        int type = identifiers.type(own, data.type());
        own.sql()
                .update(
                        PUT,
                        p ->
                                p.number(data.user())
                                        .number(data.room())
                                        .number(type)
                                        .number(data.position())
                                        .bytes(data.content()));
    }

    @Override
    public Optional<AccountData> find(int user, int room, String type) {
        int number = identifiers.findType(type);
        return reads.first(
                FIND, p -> p.number(user).number(room).number(number), this::accountData);
    }

    @Override
    public List<AccountData> of(int user, int room, int limit) {
        return reads.list(OF, p -> p.number(user).number(room).number(limit), this::accountData);
    }

    @Override
    public List<AccountDataOutline> outlines(int user, int room, int limit) {
        return reads.list(
                OUTLINES_OF, p -> p.number(user).number(room).number(limit), this::outline);
    }

    @Override
    public List<AccountDataOutline> changed(int user, long after, long upTo, int limit) {
        return reads.list(
                CHANGED,
                p -> p.number(user).number(after).number(upTo).number(limit),
                this::outline);
    }

    @Override
    public int removeOfUser(WriteTransaction tx, int user, int limit) {
        return JdbcTransaction.of(tx)
                .sql()
                .update(REMOVE, p -> p.number(user).number(user).number(limit));
    }

    private AccountDataOutline outline(Row row) throws SQLException {
        return new AccountDataOutline(
                row.integer(),
                identifiers.type(row.integer()),
                row.number(),
                row.integer(),
                row.bytesOrNull());
    }

    private AccountData accountData(Row row) throws SQLException {
        return new AccountData(
                row.integer(),
                row.integer(),
                identifiers.type(row.integer()),
                row.number(),
                row.bytes());
    }
}
