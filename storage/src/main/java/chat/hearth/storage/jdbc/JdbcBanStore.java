package chat.hearth.storage.jdbc;

import chat.hearth.storage.BanStore;
import chat.hearth.storage.FollowingBans;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// One row per room whose bans are on their way.
final class JdbcBanStore implements BanStore {
    private static final String COLUMNS =
            "SELECT room_nid, predecessor_nid, sender_nid, after_nid FROM following_bans";
    private static final Sql NOTE =
            Sql.of(
                    "INSERT INTO following_bans (room_nid, predecessor_nid, sender_nid, after_nid)"
                            + " VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (room_nid) DO UPDATE SET after_nid = excluded.after_nid");
    private static final Sql FIND = Sql.of(COLUMNS + " WHERE room_nid = ?");
    private static final Sql FOLLOWING =
            Sql.of(COLUMNS + " WHERE room_nid > ? ORDER BY room_nid LIMIT ?");
    private static final Sql ARRIVED = Sql.of("DELETE FROM following_bans WHERE room_nid = ?");

    private final Reads reads;

    JdbcBanStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public void note(WriteTransaction tx, FollowingBans bans) {
        JdbcTransaction.of(tx)
                .sql()
                .update(
                        NOTE,
                        p ->
                                p.number(bans.room())
                                        .number(bans.predecessor())
                                        .number(bans.sender())
                                        .number(bans.after()));
    }

    @Override
    public Optional<FollowingBans> find(int room) {
        return reads.first(FIND, p -> p.number(room), JdbcBanStore::row);
    }

    @Override
    public List<FollowingBans> following(int after, int limit) {
        return reads.list(FOLLOWING, p -> p.number(after).number(limit), JdbcBanStore::row);
    }

    @Override
    public void arrived(WriteTransaction tx, int room) {
        JdbcTransaction.of(tx).sql().update(ARRIVED, p -> p.number(room));
    }

    private static FollowingBans row(Row row) throws SQLException {
        return new FollowingBans(row.integer(), row.integer(), row.integer(), row.integer());
    }
}
