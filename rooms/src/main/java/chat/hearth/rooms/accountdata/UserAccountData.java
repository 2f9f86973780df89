package chat.hearth.rooms.accountdata;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/// A user's account data, global and of rooms, as the user sees it. What is set is durable when a
/// method returns. Safe for use by several threads.
///
/// Push rules are stored as what the user changed; here they appear whole, as `m.push_rules`.
///
/// See [Client Config](https://spec.matrix.org/v1.19/client-server-api/#client-config).
public final class UserAccountData {
    /// The room number that stands for global account data.
    public static final int GLOBAL = 0;

    /// The content of one type may be this long as JSON, as long as an event.
    public static final int CONTENT_BYTES_MAX = 64 * 1024;

    /// A type may be this long in UTF-8, as that of an event.
    public static final int TYPE_BYTES_MAX = 255;

    /// So many types may be set globally, and again for each room.
    public static final int TYPES_MAX = 1_000;

    static final String PUSH_RULES = "m.push_rules";
    static final String FULLY_READ = "m.fully_read";

    /// What only the server sets.
    private static final Set<String> MANAGED = Set.of(FULLY_READ, PUSH_RULES);

    private final Stores stores;
    private final AccountDataRows rows;
    private final Predicate<RoomId> worldReadable;

    /// The account data of one server's users.
    ///
    /// @param worldReadable whether everybody may read a room
    public UserAccountData(Stores stores, Journal journal, Predicate<RoomId> worldReadable) {
        this.stores = stores;
        this.worldReadable = worldReadable;
        this.rows = new AccountDataRows(stores.accountData(), journal);
    }

    /// Sets the content of a type.
    ///
    /// @param room the room's number, or [#GLOBAL]
    /// @throws MatrixException 405 `M_BAD_JSON` for a type that the server manages, 400
    ///   `M_INVALID_PARAM` for one that is too long, 413 for content that is too large, 403 for one
    ///   type too many
    public void put(int user, int room, String type, JsonObject content) {
        if (MANAGED.contains(type)) {
            throw new MatrixException(
                    ErrCode.M_BAD_JSON, 405, "Account data of this type is set by the server");
        }
        if (type.getBytes(StandardCharsets.UTF_8).length > TYPE_BYTES_MAX) {
            throw MatrixException.invalidParam("A type may have " + TYPE_BYTES_MAX + " bytes");
        }
        byte[] bytes = AccountDataRows.bytes(content, CONTENT_BYTES_MAX);
        if (rows.find(user, room, type).isEmpty()
                && rows.count(user, room, TYPES_MAX) >= TYPES_MAX) {
            throw MatrixException.forbidden(
                    "You may set " + TYPES_MAX + " types of account data in a place");
        }
        rows.put(user, room, type, bytes);
    }

    /// The content of a type: a JSON object.
    ///
    /// @param room the room's number, or [#GLOBAL]
    public Optional<byte[]> find(UserId owner, int user, int room, String type) {
        Optional<AccountData> row = rows.find(user, room, type);
        if (row.isEmpty() && room == GLOBAL && type.equals(PUSH_RULES)) {
            return Optional.of(pushRules(owner, UserPushRules.NONE));
        }
        return row.map(found -> shown(owner, found).content());
    }

    /// Everything of a room, or global, where push rules are always among it.
    ///
    /// @param room the room's number, or [#GLOBAL]
    public List<AccountData> of(UserId owner, int user, int room) {
        List<AccountData> shown = new ArrayList<>();
        boolean pushRules = false;
        // The server's own types come on top of the user's.
        for (AccountData row : rows.of(user, room, TYPES_MAX + MANAGED.size())) {
            shown.add(shown(owner, row));
            pushRules |= row.type().equals(PUSH_RULES);
        }
        if (room == GLOBAL && !pushRules) {
            byte[] content = pushRules(owner, UserPushRules.NONE);
            shown.add(new AccountData(user, GLOBAL, PUSH_RULES, 0, content));
        }
        return shown;
    }

    /// The number of a room, in which a user may have account data.
    public OptionalInt findRoom(RoomId id) {
        return stores.identifiers().findRoom(id);
    }

    /// The number of a room in which a user may set account data: one that they ever had to do with
    /// or that the world may read.
    ///
    /// @throws MatrixException 403 `M_FORBIDDEN` for any other room
    public int room(int user, RoomId id) {
        OptionalInt room = findRoom(id);
        if (room.isPresent()
                && (stores.memberships().find(room.getAsInt(), user).isPresent()
                        || worldReadable.test(id))) {
            return room.getAsInt();
        }
        throw MatrixException.forbidden("You were never in this room and may not read it");
    }

    private static AccountData shown(UserId owner, AccountData row) {
        if (row.room() != GLOBAL || !row.type().equals(PUSH_RULES)) {
            return row;
        }
        UserPushRules rules = UserPushRules.parse(row.object());
        return new AccountData(
                row.user(), GLOBAL, PUSH_RULES, row.position(), pushRules(owner, rules));
    }

    private static byte[] pushRules(UserId owner, UserPushRules rules) {
        return JsonWriter.bytes(rules.rulesets(owner.value()));
    }
}
