package chat.hearth.storage.jdbc;

import chat.hearth.storage.Highlight;
import chat.hearth.storage.HighlightStore;
import chat.hearth.storage.WriteTransaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One row per unread highlight.
final class JdbcHighlightStore implements HighlightStore {
    private static final Sql INSERT =
            Sql.of(
                    "INSERT INTO highlights (user_nid, room_nid, position, thread)"
                            + " VALUES (?, ?, ?, ?)");
    private static final Sql CLEAR =
            Sql.of(
                    "DELETE FROM highlights WHERE user_nid = ? AND room_nid = ?"
                            + " AND position <= ?");
    private static final Sql CLEAR_THREAD =
            Sql.of(
                    "DELETE FROM highlights{by highlights_by_thread}"
                            + " WHERE user_nid = ? AND room_nid = ? AND thread = ?"
                            + " AND position <= ?");
    private static final Sql AMONG =
            Sql.of(
                    "SELECT position FROM "
                            + Wanted.EACH
                            + "events WHERE position"
                            + Wanted.IS_EACH
                            + " AND (SELECT position FROM highlights WHERE user_nid {is ?}"
                            + " AND room_nid {is events.room_nid} AND position {is events.position}"
                            + " ORDER BY user_nid, room_nid, position LIMIT 1)"
                            + " IS NOT NULL");
    private static final Sql OF =
            Sql.of(
                    "SELECT user_nid, room_nid, position, thread FROM highlights"
                            + " WHERE user_nid {is ?} AND room_nid {is ?} AND position > ?"
                            + " ORDER BY user_nid, room_nid, position LIMIT ?");
    private static final Sql OF_USER =
            Sql.of(
                    "SELECT room_nid, position FROM highlights WHERE user_nid {is ?}"
                            + " ORDER BY user_nid, room_nid, position LIMIT ?");

    private final Reads reads;

    JdbcHighlightStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public void add(WriteTransaction tx, Highlight highlight) {
        JdbcTransaction.of(tx)
                .sql()
                .insert(
                        INSERT,
                        p ->
                                p.number(highlight.user())
                                        .number(highlight.room())
                                        .number(highlight.position())
                                        .number(highlight.thread()));
    }

    @Override
    public void clear(WriteTransaction tx, int user, int room, long upTo) {
        var _ = clearIn(tx, user, room, upTo);
    }

    private static int clearIn(WriteTransaction tx, int user, int room, long upTo) {
        return JdbcTransaction.of(tx)
                .sql()
                .update(CLEAR, p -> p.number(user).number(room).number(upTo));
    }

    @Override
    public void clearThread(WriteTransaction tx, int user, int room, long thread, long upTo) {
        JdbcTransaction.of(tx)
                .sql()
                .update(CLEAR_THREAD, p -> p.number(user).number(room).number(thread).number(upTo));
    }

    @Override
    public Set<Long> among(int user, long[] positions) {
        return positions.length == 0
                ? Set.of()
                : Set.copyOf(
                        reads.list(AMONG, p -> p.numbers(positions).number(user), Row::number));
    }

    @Override
    public List<Highlight> of(int user, int room, long after, int limit) {
        return reads.list(
                OF,
                p -> p.number(user).number(room).number(after).number(limit),
                row -> new Highlight(row.integer(), row.integer(), row.number(), row.number()));
    }

    @Override
    public int removeOfUser(WriteTransaction tx, int user, int limit) {
        Map<Integer, Long> upTo = new LinkedHashMap<>();
        for (Key key :
                reads.list(
                        OF_USER,
                        p -> p.number(user).number(limit),
                        row -> new Key(row.integer(), row.number()))) {
            upTo.merge(key.room(), key.position(), Math::max);
        }
        int removed = 0;
        for (Map.Entry<Integer, Long> each : upTo.entrySet()) {
            removed += clearIn(tx, user, each.getKey(), each.getValue());
        }
        return removed;
    }

    private record Key(int room, long position) {}
}
