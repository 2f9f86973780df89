package chat.hearth.storage.jdbc;

import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.storage.RoomStore;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StoredRoom;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rooms and their heads.
final class JdbcRoomStore implements RoomStore {
    static final Sql INSERT =
            Sql.of(
                    "INSERT INTO rooms (room_nid, room_id, version, created_ts, listed,"
                            + " current_state, extremities, joined_members)"
                            + " VALUES (?, ?, ?, ?, 0, 0, NULL, 0)");

    private static final String SELECT =
            "SELECT room_nid, room_id, version, created_ts, listed, current_state, extremities FROM ";
    private static final String COLUMNS = SELECT + "rooms WHERE ";
    private static final String WANTED = SELECT + Wanted.EACH + "rooms WHERE ";

    private static final Sql BY_ID = Sql.of(COLUMNS + "room_id = ?");
    private static final Sql BY_NUMBER = Sql.of(COLUMNS + "room_nid = ?");
    private static final Sql BY_NUMBERS = Sql.of(WANTED + "room_nid" + Wanted.IS_EACH);
    private static final Sql LISTED =
            Sql.of(COLUMNS + "listed = 1 AND room_nid > ? ORDER BY room_nid LIMIT ?");
    private static final Sql ALL = Sql.of(COLUMNS + "room_nid > ? ORDER BY room_nid LIMIT ?");
    private static final Sql SET_STATE =
            Sql.of("UPDATE rooms SET current_state = ? WHERE room_nid = ?");
    private static final Sql SET_EXTREMITIES =
            Sql.of("UPDATE rooms SET extremities = ? WHERE room_nid = ?");
    private static final Sql SET_LISTED = Sql.of("UPDATE rooms SET listed = ? WHERE room_nid = ?");

    private final Reads reads;
    private final JdbcIdentifierStore identifiers;

    JdbcRoomStore(Reads reads, JdbcIdentifierStore identifiers) {
        this.reads = reads;
        this.identifiers = identifiers;
    }

    @Override
    public int create(WriteTransaction tx, RoomId roomId, RoomVersion version, long createdTs) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        int room = identifiers.newRoom(own, roomId);
        own.sql()
                .update(
                        INSERT,
                        p ->
                                p.number(room)
                                        .text(roomId.value())
                                        .text(version.id())
                                        .number(createdTs));
        return room;
    }

    @Override
    public Optional<StoredRoom> find(RoomId roomId) {
        return reads.first(BY_ID, p -> p.text(roomId.value()), JdbcRoomStore::room);
    }

    @Override
    public Optional<StoredRoom> find(int room) {
        return reads.first(BY_NUMBER, p -> p.number(room), JdbcRoomStore::room);
    }

    @Override
    public List<StoredRoom> find(int[] rooms) {
        return reads.listOf(BY_NUMBERS, Wanted.of(rooms), JdbcRoomStore::room);
    }

    @Override
    public void changeCurrentState(WriteTransaction tx, int room, long stateVersion) {
        JdbcTransaction.of(tx).sql().update(SET_STATE, p -> p.number(stateVersion).number(room));
    }

    @Override
    public void changeExtremities(WriteTransaction tx, int room, List<Long> positions) {
        byte[] packed = pack(positions);
        JdbcTransaction.of(tx).sql().update(SET_EXTREMITIES, p -> p.bytes(packed).number(room));
    }

    @Override
    public void list(WriteTransaction tx, int room, boolean listed) {
        JdbcTransaction.of(tx).sql().update(SET_LISTED, p -> p.flag(listed).number(room));
    }

    @Override
    public List<StoredRoom> listed(int after, int limit) {
        return reads.list(LISTED, p -> p.number(after).number(limit), JdbcRoomStore::room);
    }

    @Override
    public List<StoredRoom> all(int after, int limit) {
        return reads.list(ALL, p -> p.number(after).number(limit), JdbcRoomStore::room);
    }

    private static StoredRoom room(Row row) throws SQLException {
        return new StoredRoom(
                row.integer(),
                new RoomId(row.text()),
                version(row.text()),
                row.number(),
                row.flag(),
                row.number(),
                unpack(row.bytes()));
    }

    private static RoomVersion version(String id) {
        return RoomVersion.find(id)
                .orElseThrow(() -> new StorageException("A stored room has unknown version " + id));
    }

    private static byte @Nullable [] pack(List<Long> positions) {
        if (positions.isEmpty()) {
            return null;
        }
        var out = new Varints();
        positions.forEach(out::signed);
        return out.toBytes();
    }

    private static List<Long> unpack(byte[] packed) {
        List<Long> positions = new ArrayList<>();
        var in = new Varints.Reader(packed);
        while (in.hasMore()) {
            positions.add(in.signed());
        }
        return List.copyOf(positions);
    }
}
