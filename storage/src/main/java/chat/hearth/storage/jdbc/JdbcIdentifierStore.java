package chat.hearth.storage.jdbc;

import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.WriteTransaction;
import java.util.List;
import java.util.OptionalInt;

/// Numbers for identifiers, one [Interned] per kind.
final class JdbcIdentifierStore implements IdentifierStore {
    private static final int USERS_MAX = 100_000;
    private static final int STATE_KEYS_MAX = 200_000;
    private static final int TYPES_MAX = 10_000;
    private static final int ROOMS_MAX = 50_000;

    private final Interned<UserId> users;
    private final Interned<String> types;
    private final Interned<StateKey> stateKeys;
    private final Interned<RoomId> rooms;

    JdbcIdentifierStore(Reads reads) {
        users =
                new Interned<>(
                        reads,
                        USERS_MAX,
                        StreamHead.Counter.USER,
                        new Interned.Statements<>(
                                Sql.of("SELECT user_nid FROM users WHERE user_id = ?"),
                                Interned.byNumber("user_nid, user_id", "users", "user_nid"),
                                Sql.of("INSERT INTO users (user_nid, user_id) VALUES (?, ?)"),
                                (user, p) -> p.text(user.value()),
                                row -> new UserId(row.text())));
        types =
                new Interned<>(
                        reads,
                        TYPES_MAX,
                        StreamHead.Counter.TYPE,
                        new Interned.Statements<>(
                                Sql.of("SELECT type_nid FROM types WHERE type = ?"),
                                Interned.byNumber("type_nid, type", "types", "type_nid"),
                                Sql.of("INSERT INTO types (type_nid, type) VALUES (?, ?)"),
                                (type, p) -> p.text(type),
                                Row::text));
        stateKeys =
                new Interned<>(
                        reads,
                        STATE_KEYS_MAX,
                        StreamHead.Counter.STATE_KEY,
                        new Interned.Statements<>(
                                Sql.of(
                                        "SELECT key_nid FROM state_keys WHERE type_nid ="
                                                + " (SELECT type_nid FROM types WHERE type = ?)"
                                                + " AND state_key = ?"),
                                Interned.byNumber(
                                        "key_nid, type, state_key",
                                        "state_keys JOIN types"
                                                + " ON types.type_nid = state_keys.type_nid",
                                        "key_nid"),
                                Sql.of(
                                        "INSERT INTO state_keys (key_nid, type_nid, state_key)"
                                                + " VALUES (?, (SELECT type_nid FROM types"
                                                + " WHERE type = ?), ?)"),
                                (key, p) -> p.text(key.type()).text(key.stateKey()),
                                row -> new StateKey(row.text(), row.text())));
        rooms =
                new Interned<>(
                        reads,
                        ROOMS_MAX,
                        StreamHead.Counter.ROOM,
                        new Interned.Statements<>(
                                Sql.of("SELECT room_nid FROM rooms WHERE room_id = ?"),
                                Interned.byNumber("room_nid, room_id", "rooms", "room_nid"),
                                JdbcRoomStore.INSERT,
                                (room, p) -> p.text(room.value()),
                                row -> new RoomId(row.text())));
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
