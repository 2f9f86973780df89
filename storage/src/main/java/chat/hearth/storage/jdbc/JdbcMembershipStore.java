package chat.hearth.storage.jdbc;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.storage.MembershipStore;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

    /// Before [#PUT], so that a room's joined members need not be counted.
    private static final Sql COUNT_IN = count("+ 1", "<> 2");

    private static final Sql COUNT_OUT = count("- 1", "= 2");

    private static final String COLUMNS =
            "SELECT room_nid, user_nid, membership, position, sender_nid, forgotten,"
                    + " stripped_state FROM memberships";
    private static final Sql FIND =
            Sql.of(
                    COLUMNS
                            + " WHERE user_nid {is ?} AND room_nid {is ?}"
                            + " ORDER BY user_nid, room_nid LIMIT 1");
    private static final String WITH_ONE_STATE =
            "SELECT * FROM ("
                    + COLUMNS
                    + "{by memberships_by_user} WHERE user_nid {is ?} AND membership {is ?}"
                    + " AND room_nid > ? ORDER BY user_nid, membership, room_nid LIMIT ?)"
                    + " AS with_one_state";

    /// A look at the index for each membership that there is.
    private static final Sql OF_USER =
            Sql.of(
                    String.join(
                                    " UNION ALL ",
                                    Collections.nCopies(Membership.values().length, WITH_ONE_STATE))
                            + " ORDER BY room_nid LIMIT ?");

    /// No membership has this code.
    private static final int NO_STATE = 0;

    private static final String BY_ROOM = " ORDER BY room_nid, membership, user_nid LIMIT ?";
    private static final Sql OF_ROOMS =
            Sql.of(COLUMNS + "{by memberships_by_room} WHERE room_nid" + Wanted.IN_LIST + BY_ROOM);
    private static final Sql REST_OF_ROOM =
            Sql.of(
                    COLUMNS
                            + "{by memberships_by_room}"
                            + " WHERE (room_nid, membership, user_nid) > (?, ?, ?)"
                            + " AND room_nid <= ?"
                            + BY_ROOM);
    private static final Sql CHANGED =
            Sql.of(
                    COLUMNS
                            + "{by memberships_by_position} WHERE user_nid {is ?}"
                            + " AND position > ? AND position <= ?"
                            + " ORDER BY user_nid, position LIMIT ?");
    private static final Sql JOINED =
            Sql.of(
                    "SELECT room_nid, joined_members FROM "
                            + Wanted.EACH
                            + "rooms WHERE room_nid"
                            + Wanted.IS_EACH
                            + " AND joined_members > 0");

    /// Each room of the first is looked up among those of the second.
    private static final Sql SHARE =
            Sql.of(
                    "SELECT 1 FROM memberships AS mine{by memberships_by_user}"
                            + " WHERE mine.user_nid {is ?} AND mine.membership {is 2}"
                            + " AND (SELECT membership FROM memberships AS theirs"
                            + " WHERE theirs.user_nid {is ?} AND theirs.room_nid {is mine.room_nid}"
                            + " ORDER BY theirs.user_nid, theirs.room_nid LIMIT 1) = 2"
                            + " ORDER BY mine.user_nid, mine.membership, mine.room_nid LIMIT 1");

    private final Reads reads;

    JdbcMembershipStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public void put(WriteTransaction tx, StoredMembership membership) {
        SqlConnection sql = JdbcTransaction.of(tx).sql();
        int user = membership.user();
        int room = membership.room();
        sql.update(
                membership.state() == Membership.JOIN ? COUNT_IN : COUNT_OUT,
                p -> p.number(room).number(user).number(room));
        sql.update(
                PUT,
                p ->
                        p.number(user)
                                .number(room)
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
        if (states.isEmpty()) {
            return List.of();
        }
        return reads.list(
                OF_USER,
                p -> {
                    for (Membership state : Membership.values()) {
                        int code = states.contains(state) ? MembershipCode.of(state) : NO_STATE;
                        p.number(user).number(code).number(after).number(limit);
                    }
                    p.number(limit);
                },
                JdbcMembershipStore::membership);
    }

    @Override
    public List<StoredMembership> ofRooms(
            int[] rooms, @Nullable StoredMembership after, int limit) {
        if (after == null) {
            return allOfRooms(rooms, limit);
        }
        List<StoredMembership> page = new ArrayList<>(restOfRoom(after, limit));
        if (page.size() < limit) {
            int[] later = Arrays.stream(rooms).filter(room -> room > after.room()).toArray();
            page.addAll(allOfRooms(later, limit - page.size()));
        }
        return page;
    }

    private List<StoredMembership> allOfRooms(int[] rooms, int limit) {
        return rooms.length == 0
                ? List.of()
                : reads.list(
                        OF_ROOMS,
                        p -> p.numbers(Wanted.of(rooms)).number(limit),
                        JdbcMembershipStore::membership);
    }

    private List<StoredMembership> restOfRoom(StoredMembership after, int limit) {
        return reads.list(
                REST_OF_ROOM,
                p ->
                        p.number(after.room())
                                .number(MembershipCode.of(after.state()))
                                .number(after.user())
                                .number(after.room())
                                .number(limit),
                JdbcMembershipStore::membership);
    }

    @Override
    public List<StoredMembership> changed(int user, long after, long upTo, int limit) {
        return reads.list(
                CHANGED,
                p -> p.number(user).number(after).number(upTo).number(limit),
                JdbcMembershipStore::membership);
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

    /// Changes how many members a room has joined if a user was or was not joined until now.
    private static Sql count(String change, String before) {
        return Sql.of(
                "UPDATE rooms SET joined_members = joined_members "
                        + change
                        + " WHERE room_nid = ? AND COALESCE((SELECT membership FROM memberships"
                        + " WHERE user_nid {is ?} AND room_nid {is ?}"
                        + " ORDER BY user_nid, room_nid LIMIT 1), 0) "
                        + before);
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
