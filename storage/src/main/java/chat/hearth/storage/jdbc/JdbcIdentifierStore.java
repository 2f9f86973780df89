package chat.hearth.storage.jdbc;

import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.WriteTransaction;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/// Numbers for identifiers, one [Interned] per kind.
final class JdbcIdentifierStore implements IdentifierStore {
    private static final int USERS_MAX = 100_000;
    private static final int STATE_KEYS_MAX = 200_000;
    private static final int TYPES_MAX = 10_000;
    private static final int ROOMS_MAX = 50_000;

    private static final Interned.Statements<UserId> USERS =
            column("users", "user_nid", "user_id", UserId::value, UserId::new);
    private static final Interned.Statements<String> TYPES =
            column("types", "type_nid", "type", type -> type, type -> type);
    private static final Interned.Statements<StateKey> STATE_KEYS =
            new Interned.Statements<>(
                    Sql.of(
                            "SELECT key_nid FROM state_keys WHERE type_nid ="
                                    + " (SELECT type_nid FROM types WHERE type = ?)"
                                    + " AND state_key = ?"),
                    Interned.byNumber(
                            "key_nid, types.type, state_key",
                            "state_keys CROSS JOIN types",
                            "types.type_nid = state_keys.type_nid AND key_nid"),
                    Sql.of(
                            "INSERT INTO state_keys (key_nid, type_nid, state_key)"
                                    + " VALUES (?, (SELECT type_nid FROM types"
                                    + " WHERE type = ?), ?)"),
                    (key, p) -> p.text(key.type()).text(key.stateKey()),
                    row -> new StateKey(row.text(), row.text()));
    private static final Interned.Statements<RoomId> ROOMS =
            new Interned.Statements<>(
                    Interned.find("rooms", "room_nid", "room_id"),
                    Interned.byNumber("room_nid, room_id", "rooms", "room_nid"),
                    JdbcRoomStore.INSERT,
                    (room, p) -> p.text(room.value()),
                    row -> new RoomId(row.text()));

    private final Interned<UserId> users;
    private final Interned<String> types;
    private final Interned<StateKey> stateKeys;
    private final Interned<RoomId> rooms;

    JdbcIdentifierStore(Reads reads) {
        users = new Interned<>(reads, USERS_MAX, StreamHead.Counter.USER, USERS);
        types = new Interned<>(reads, TYPES_MAX, StreamHead.Counter.TYPE, TYPES);
        stateKeys = new Interned<>(reads, STATE_KEYS_MAX, StreamHead.Counter.STATE_KEY, STATE_KEYS);
        rooms = new Interned<>(reads, ROOMS_MAX, StreamHead.Counter.ROOM, ROOMS);
    }

    /// What is a number and one column of text, and nothing else.
    private static <T> Interned.Statements<T> column(
            String table,
            String number,
            String text,
            Function<T, String> written,
            Function<String, T> read) {
        return new Interned.Statements<>(
                Interned.find(table, number, text),
                Interned.byNumber(number + ", " + table + "." + text, table, number),
                Sql.of("INSERT INTO " + table + " (" + number + ", " + text + ") VALUES (?, ?)"),
                (value, p) -> p.text(written.apply(value)),
                row -> read.apply(row.text()));
    }

    @Override
    public int user(WriteTransaction tx, UserId user) {
        return users.intern(JdbcTransaction.of(tx), user);
    }

    @Override
    public OptionalInt findUser(UserId user) {
        return users.find(user);
    }

    @Override
    public UserId user(int user) {
        return users.value(user);
    }

    @Override
    public List<UserId> users(int[] numbers) {
        return users.values(numbers);
    }

    @Override
    public int stateKey(WriteTransaction tx, StateKey key) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        types.intern(own, key.type());
        return stateKeys.intern(own, key);
    }

    @Override
    public OptionalInt findStateKey(StateKey key) {
        return stateKeys.find(key);
    }

    @Override
    public StateKey stateKey(int key) {
        return stateKeys.value(key);
    }

    @Override
    public List<StateKey> stateKeys(int[] keys) {
        return stateKeys.values(keys);
    }

    @Override
    public OptionalInt findRoom(RoomId room) {
        return rooms.find(room);
    }

    @Override
    public RoomId room(int room) {
        return rooms.value(room);
    }

    /// The number of a type of event, relation, receipt or account data, given now if there was
    /// none.
    int type(JdbcTransaction tx, String type) {
        return types.intern(tx, type);
    }

    /// The number of a type, 0 when there is none.
    int findType(String type) {
        return types.find(type).orElse(0);
    }

    /// The type with a number.
    String type(int type) {
        return types.value(type);
    }

    /// A number for a new room, whose row the caller adds in the same transaction.
    int newRoom(JdbcTransaction tx, RoomId room) {
        return rooms.add(tx, room);
    }
}
