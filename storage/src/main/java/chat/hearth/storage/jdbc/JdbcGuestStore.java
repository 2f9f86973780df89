package chat.hearth.storage.jdbc;

import chat.hearth.storage.GuestStore;
import chat.hearth.storage.WriteTransaction;
import java.util.OptionalLong;

/// Guests are known by their accounts; one row more per room that some have to leave.
final class JdbcGuestStore implements GuestStore {
    private static final Sql AMONG =
            Sql.of(
                    "SELECT user_nid FROM "
                            + Wanted.EACH
                            + "accounts WHERE user_nid"
                            + Wanted.IS_EACH
                            + " AND guest = 1 ORDER BY user_nid");
    private static final Sql CLOSE =
            Sql.of(
                    "INSERT INTO closed_to_guests (room_nid, position) VALUES (?, ?)"
                            + " ON CONFLICT (room_nid) DO UPDATE SET position = excluded.position");
    private static final Sql CLOSED_AT =
            Sql.of("SELECT position FROM closed_to_guests WHERE room_nid = ?");
    private static final Sql CLOSED =
            Sql.of(
                    "SELECT room_nid FROM closed_to_guests WHERE room_nid > ?"
                            + " ORDER BY room_nid LIMIT ?");
    private static final Sql EMPTY =
            Sql.of("DELETE FROM closed_to_guests WHERE room_nid = ? AND position = ?");

    private final Reads reads;

    JdbcGuestStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public int[] among(int[] users) {
        return Wanted.ints(reads.listOf(AMONG, Wanted.of(users), Row::integer));
    }

    @Override
    public void close(WriteTransaction tx, int room, long position) {
        JdbcTransaction.of(tx).sql().update(CLOSE, p -> p.number(room).number(position));
    }

    @Override
    public OptionalLong closedAt(int room) {
        return reads.first(CLOSED_AT, p -> p.number(room), Row::number)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    @Override
    public int[] closed(int after, int limit) {
        return Wanted.ints(reads.list(CLOSED, p -> p.number(after).number(limit), Row::integer));
    }

    @Override
    public void empty(WriteTransaction tx, int room, long position) {
        JdbcTransaction.of(tx).sql().update(EMPTY, p -> p.number(room).number(position));
    }
}
