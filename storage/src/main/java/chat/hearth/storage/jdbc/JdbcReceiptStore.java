package chat.hearth.storage.jdbc;

import chat.hearth.storage.Receipt;
import chat.hearth.storage.ReceiptStore;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// One row per room, user, type and thread.
final class JdbcReceiptStore implements ReceiptStore {
    private static final Sql PUT =
            Sql.of(
                    "INSERT INTO receipts (room_nid, user_nid, type_nid, thread, event, ts,"
                            + " position) VALUES (?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (room_nid, user_nid, type_nid, thread) DO UPDATE SET"
                            + " event = excluded.event, ts = excluded.ts,"
                            + " position = excluded.position");

    private static final String RECEIPTS =
            "SELECT room_nid, user_nid, type_nid, thread, event, ts, position FROM receipts"
                    + " WHERE room_nid";
    private static final String COLUMNS = RECEIPTS + " = ? AND ";
    private static final Sql FIND =
            Sql.of(COLUMNS + "user_nid = ? AND type_nid = ? AND thread = ?");
    private static final Sql OF_USER =
            Sql.of(COLUMNS + "user_nid = ? ORDER BY type_nid, thread LIMIT ?");
    private static final Sql CHANGED =
            Sql.of(COLUMNS + "position > ? AND position <= ? ORDER BY position LIMIT ?");
    private static final Sql OF_USER_IN =
            Sql.of(
                    RECEIPTS
                            + Wanted.IN_LIST
                            + " AND user_nid = ? ORDER BY room_nid, type_nid, thread LIMIT ?");

    private static final String FOR_READER =
            "position > ? AND position <= ? AND (user_nid = ? OR type_nid = ?) ORDER BY ";
    private static final String OWN_FIRST =
            "CASE WHEN user_nid = ? THEN 0 ELSE 1 END, position DESC LIMIT ?";
    private static final Sql CHANGED_FOR =
            Sql.of(RECEIPTS + Wanted.IN_LIST + " AND " + FOR_READER + "room_nid, " + OWN_FIRST);
    private static final Sql ACTIVE =
            Sql.of(
                    "SELECT value FROM "
                            + Wanted.TABLE
                            + " WHERE (SELECT position FROM receipts WHERE room_nid = value"
                            + " AND position > ? AND position <= ?"
                            + " ORDER BY position DESC LIMIT 1) IS NOT NULL ORDER BY value");

    private final Reads reads;
    private final JdbcIdentifierStore identifiers;

    JdbcReceiptStore(Reads reads, JdbcIdentifierStore identifiers) {
        this.reads = reads;
        this.identifiers = identifiers;
    }

    @Override
    public void put(WriteTransaction tx, Receipt receipt) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        int type = identifiers.type(own, receipt.type());
        own.sql()
                .update(
                        PUT,
                        p ->
                                p.number(receipt.room())
                                        .number(receipt.user())
                                        .number(type)
                                        .text(receipt.thread())
                                        .number(receipt.event())
                                        .number(receipt.ts())
                                        .number(receipt.position()));
    }

    @Override
    public Optional<Receipt> find(int room, int user, String type, String thread) {
        int number = identifiers.findType(type);
        return reads.first(
                FIND, p -> p.number(room).number(user).number(number).text(thread), this::receipt);
    }

    @Override
    public List<Receipt> ofUser(int room, int user, int limit) {
        return reads.list(OF_USER, p -> p.number(room).number(user).number(limit), this::receipt);
    }

    @Override
    public List<Receipt> changed(int room, long after, long upTo, int limit) {
        return reads.list(
                CHANGED,
                p -> p.number(room).number(after).number(upTo).number(limit),
                this::receipt);
    }

    @Override
    public List<Receipt> ofUser(int[] rooms, int user, int limit) {
        return rooms.length == 0
                ? List.of()
                : reads.list(
                        OF_USER_IN,
                        p -> p.numbers(Wanted.of(rooms)).number(user).number(limit),
                        this::receipt);
    }

    @Override
    public List<Receipt> changedFor(
            int[] rooms, int reader, String type, long after, long upTo, int limit) {
        if (rooms.length == 0) {
            return List.of();
        }
        int number = identifiers.findType(type);
        return reads.list(
                CHANGED_FOR,
                p ->
                        p.numbers(Wanted.of(rooms))
                                .number(after)
                                .number(upTo)
                                .number(reader)
                                .number(number)
                                .number(reader)
                                .number(limit),
                this::receipt);
    }

    @Override
    public int[] active(int[] rooms, long after, long upTo) {
        return rooms.length == 0
                ? rooms
                : Wanted.ints(
                        reads.list(
                                ACTIVE,
                                p -> p.numbers(Wanted.of(rooms)).number(after).number(upTo),
                                Row::integer));
    }

    private Receipt receipt(Row row) throws SQLException {
        return new Receipt(
                row.integer(),
                row.integer(),
                identifiers.type(row.integer()),
                row.text(),
                row.number(),
                row.number(),
                row.number());
    }
}
