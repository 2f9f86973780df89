package chat.hearth.storage.jdbc;

import chat.hearth.storage.Receipt;
import chat.hearth.storage.ReceiptStore;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
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
            "SELECT room_nid, user_nid, type_nid, thread, event, ts, position FROM ";
    private static final String BY_KEY = " ORDER BY user_nid, room_nid, type_nid, thread LIMIT ";
    private static final Sql FIND =
            Sql.of(
                    RECEIPTS
                            + "receipts WHERE room_nid {is ?} AND user_nid {is ?}"
                            + " AND type_nid {is ?} AND thread {is ?}"
                            + BY_KEY
                            + "1");
    private static final Sql OF_USER =
            Sql.of(RECEIPTS + "receipts WHERE room_nid {is ?} AND user_nid {is ?}" + BY_KEY + "?");

    private static final String EACH_OF_USER =
            RECEIPTS
                    + Wanted.EACH
                    + "receipts WHERE room_nid"
                    + Wanted.IS_EACH
                    + " AND user_nid {is ?}";
    private static final Sql OF_USER_IN = Sql.of(EACH_OF_USER + BY_KEY + "?");
    private static final Sql OWN_CHANGED =
            Sql.of(EACH_OF_USER + " AND position > ? AND position <= ?" + BY_KEY + "?");

    /// Of each room the latest of one type after a position. The sum keeps a planner from walking
    /// the receipts of all rooms in this order.
    private static final Sql CHANGED =
            Sql.of(
                    RECEIPTS
                            + Wanted.TABLE
                            + " CROSS JOIN receipts{by receipts_by_position}"
                            + " WHERE receipts.room_nid = value AND receipts.type_nid = ?"
                            + " AND receipts.position > COALESCE((SELECT older.position"
                            + " FROM receipts AS older{by receipts_by_position}"
                            + " WHERE older.room_nid {is value} AND older.type_nid {is ?}"
                            + " AND older.position > ? AND older.position <= ?"
                            + " ORDER BY older.room_nid DESC, older.type_nid DESC,"
                            + " older.position DESC LIMIT 1 OFFSET ?), ?)"
                            + " AND receipts.position <= ?"
                            + " ORDER BY receipts.room_nid + 0, receipts.position DESC LIMIT ?");

    private static final Sql ACTIVE =
            Sql.of(
                    "SELECT value FROM "
                            + Wanted.TABLE
                            + " WHERE (SELECT position FROM receipts{by receipts_by_position}"
                            + " WHERE room_nid {is value} AND type_nid {is ?}"
                            + " AND position > ? AND position <= ?"
                            + " ORDER BY room_nid DESC, type_nid DESC, position DESC LIMIT 1)"
                            + " IS NOT NULL OR (SELECT position FROM receipts"
                            + " WHERE room_nid {is value} AND user_nid {is ?}"
                            + " AND position > ? AND position <= ?"
                            + BY_KEY
                            + "1) IS NOT NULL ORDER BY value");

    private static final Sql KEYS =
            Sql.of(
                    "SELECT room_nid, type_nid, position FROM receipts WHERE user_nid {is ?}"
                            + BY_KEY
                            + "?");

    /// No two users have a receipt of the same position. Were the user named here, a planner could
    /// go through all receipts of the room.
    private static final Sql REMOVE =
            Sql.of("DELETE FROM receipts WHERE room_nid = ? AND type_nid = ? AND position = ?");

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
        List<Receipt> found = new ArrayList<>(ownChanged(rooms, reader, after, upTo, limit));
        found.sort(Comparator.comparingLong(Receipt::position).reversed());
        for (Receipt receipt : changed(rooms, number, after, upTo, limit)) {
            if (receipt.user() != reader) {
                found.add(receipt);
            }
        }
        // A stable sort: a room's own ones stay before the others.
        found.sort(Comparator.comparingInt(Receipt::room));
        return found.size() > limit ? List.copyOf(found.subList(0, limit)) : found;
    }

    private List<Receipt> ownChanged(int[] rooms, int reader, long after, long upTo, int limit) {
        return reads.list(
                OWN_CHANGED,
                p ->
                        p.numbers(Wanted.of(rooms))
                                .number(reader)
                                .number(after)
                                .number(upTo)
                                .number(limit),
                this::receipt);
    }

    private List<Receipt> changed(int[] rooms, int type, long after, long upTo, int limit) {
        return reads.list(
                CHANGED,
                p ->
                        p.numbers(Wanted.of(rooms))
                                .number(type)
                                .number(type)
                                .number(after)
                                .number(upTo)
                                .number(limit)
                                .number(after)
                                .number(upTo)
                                .number(limit),
                this::receipt);
    }

    @Override
    public int[] active(int[] rooms, int reader, String type, long after, long upTo) {
        if (rooms.length == 0) {
            return rooms;
        }
        int number = identifiers.findType(type);
        return Wanted.ints(
                reads.list(
                        ACTIVE,
                        p ->
                                p.numbers(Wanted.of(rooms))
                                        .number(number)
                                        .number(after)
                                        .number(upTo)
                                        .number(reader)
                                        .number(after)
                                        .number(upTo),
                        Row::integer));
    }

    @Override
    public int removeOfUser(WriteTransaction tx, int user, int limit) {
        List<Key> keys =
                reads.list(
                        KEYS,
                        p -> p.number(user).number(limit),
                        row -> new Key(row.integer(), row.integer(), row.number()));
        for (Key key : keys) {
            JdbcTransaction.of(tx)
                    .sql()
                    .update(
                            REMOVE,
                            p -> p.number(key.room()).number(key.type()).number(key.position()));
        }
        return keys.size();
    }

    private record Key(int room, int type, long position) {}

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
