package chat.hearth.storage.jdbc;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.storage.MembershipCounts;
import chat.hearth.storage.MembershipStore;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One row per user and room.
final class JdbcMembershipStore implements MembershipStore {
    private static final Sql PUT =
            Sql.of(
                    "INSERT INTO memberships (user_nid, room_nid, membership, position,"
                            + " sender_nid, forgotten, stripped_state)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (user_nid, room_nid) DO UPDATE SET"
                            + " membership = excluded.membership, position = excluded.position,"
                            + " sender_nid = excluded.sender_nid,"
                            + " forgotten = excluded.forgotten,"
                            + " stripped_state = excluded.stripped_state");

    private static final String COLUMNS =
            "SELECT room_nid, user_nid, membership, position, sender_nid, forgotten,"
                    + " stripped_state FROM memberships WHERE ";

    /// One place for each membership; a place left over repeats another.
    private static final String STATES = " AND membership IN (?, ?, ?, ?, ?)";

    private static final Sql FIND = Sql.of(COLUMNS + "user_nid = ? AND room_nid = ?");
    private static final Sql OF_USER =
            Sql.of(
                    COLUMNS
                            + "user_nid = ? AND room_nid > ?"
                            + STATES
                            + " ORDER BY room_nid LIMIT ?");
    private static final Sql OF_ROOM =
            Sql.of(
                    COLUMNS
                            + "room_nid = ? AND user_nid > ?"
                            + STATES
                            + " ORDER BY user_nid LIMIT ?");
    private static final Sql OF_ROOMS =
            Sql.of(
                    COLUMNS
                            + "room_nid"
                            + Wanted.IN_LIST
                            + " AND (room_nid, membership, user_nid) > (?, ?, ?)"
                            + " ORDER BY room_nid, membership, user_nid LIMIT ?");
    private static final Sql CHANGED =
            Sql.of(
                    COLUMNS
                            + "user_nid = ? AND position > ? AND position <= ?"
                            + " ORDER BY room_nid LIMIT ?");
    private static final Sql USERS =
            Sql.of(
                    "SELECT user_nid FROM memberships WHERE room_nid = ? AND membership = ?"
                            + " AND user_nid > ? ORDER BY user_nid LIMIT ?");
    private static final Sql COUNT =
            Sql.of("SELECT COUNT(*) FROM memberships WHERE room_nid = ? AND membership = ?");

    private static final Sql JOINED =
            Sql.of(
                    "SELECT room_nid, COUNT(*) FROM memberships WHERE room_nid"
                            + Wanted.IN_LIST
                            + " AND membership = 2 GROUP BY room_nid");

    private static final String MINE_AND_THEIRS =
            " FROM memberships mine JOIN memberships theirs ON theirs.room_nid = mine.room_nid"
                    + " WHERE mine.user_nid = ? AND mine.membership = 2 AND theirs.membership = 2";
    private static final Sql SHARE =
            Sql.of("SELECT 1" + MINE_AND_THEIRS + " AND theirs.user_nid = ? LIMIT 1");
    private static final Sql SHARING =
            Sql.of(
                    "SELECT DISTINCT theirs.user_nid"
                            + MINE_AND_THEIRS
                            + " AND theirs.user_nid <> ? AND theirs.user_nid > ?"
                            + " ORDER BY theirs.user_nid LIMIT ?");

    private final Reads reads;

    JdbcMembershipStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public void put(WriteTransaction tx, StoredMembership membership) {
        JdbcTransaction.of(tx)
                .sql()
                .update(
                        PUT,
                        p ->
                                p.number(membership.user())
                                        .number(membership.room())
                                        .number(MembershipCode.of(membership.state()))
                                        .number(membership.position())
                                        .number(membership.sender())
                                        .flag(membership.forgotten())
                                        .bytes(membership.strippedState()));
    }

    @Override
    public Optional<StoredMembership> find(int room, int user) {
        return reads.first(FIND, p -> p.number(user).number(room), JdbcMembershipStore::membership);
    }

    @Override
    public List<StoredMembership> ofUser(int user, Set<Membership> states, int after, int limit) {
        return list(OF_USER, user, states, after, limit);
    }

    @Override
    public List<StoredMembership> ofRoom(int room, Set<Membership> states, int after, int limit) {
        return list(OF_ROOM, room, states, after, limit);
    }

    @Override
    public List<StoredMembership> ofRooms(
            int[] rooms, @Nullable StoredMembership after, int limit) {
        return rooms.length == 0
                ? List.of()
                : reads.list(
                        OF_ROOMS,
                        p -> {
                            p.numbers(Wanted.of(rooms));
                            if (after == null) {
                                p.number(0).number(0).number(0);
                            } else {
                                p.number(after.room())
                                        .number(MembershipCode.of(after.state()))
                                        .number(after.user());
                            }
                            p.number(limit);
                        },
                        JdbcMembershipStore::membership);
    }

    @Override
    public int[] users(int room, Membership state, int after, int limit) {
        return Wanted.ints(
                reads.list(
                        USERS,
                        p ->
                                p.number(room)
                                        .number(MembershipCode.of(state))
                                        .number(after)
                                        .number(limit),
                        Row::integer));
    }

    @Override
    public List<StoredMembership> changed(int user, long after, long upTo, int limit) {
        return reads.list(
                CHANGED,
                p -> p.number(user).number(after).number(upTo).number(limit),
                JdbcMembershipStore::membership);
    }

    @Override
    public MembershipCounts counts(int room) {
        return reads.read(
                connection ->
                        new MembershipCounts(
                                count(connection, room, Membership.JOIN),
                                count(connection, room, Membership.INVITE)));
    }

    @Override
    public Map<Integer, Integer> joined(int[] rooms) {
        return reads
                .listOf(JOINED, Wanted.of(rooms), row -> Map.entry(row.integer(), row.integer()))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public boolean shareRoom(int user, int other) {
        return reads.first(SHARE, p -> p.number(user).number(other), Row::integer).isPresent();
    }

    @Override
    public int[] sharingRooms(int user, int after, int limit) {
        return Wanted.ints(
                reads.list(
                        SHARING,
                        p -> p.number(user).number(user).number(after).number(limit),
                        Row::integer));
    }

    private List<StoredMembership> list(
            Sql sql, int of, Set<Membership> states, int after, int limit) {
        if (states.isEmpty()) {
            return List.of();
        }
        List<Membership> wanted = List.copyOf(states);
        return reads.list(
                sql,
                p -> {
                    p.number(of).number(after);
                    for (int i = 0; i < Membership.values().length; i++) {
                        p.number(MembershipCode.of(wanted.get(Math.min(i, wanted.size() - 1))));
                    }
                    p.number(limit);
                },
                JdbcMembershipStore::membership);
    }

    private static int count(SqlConnection connection, int room, Membership state) {
        return connection
                .first(COUNT, p -> p.number(room).number(MembershipCode.of(state)), Row::integer)
                .orElse(0);
    }

    private static StoredMembership membership(Row row) throws SQLException {
        return new StoredMembership(
                row.integer(),
                row.integer(),
                MembershipCode.membership(row.integer()),
                row.number(),
                row.integer(),
                row.flag(),
                row.bytesOrNull());
    }
}
