package chat.hearth.rooms.accountdata;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonNumber;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import java.nio.charset.StandardCharsets;

/// The tags that users put on rooms: the account data `m.tag` of the room, changed tag by tag. Safe
/// for use by several threads, and for several devices of a user at once.
///
/// See [Room Tagging](https://spec.matrix.org/v1.19/client-server-api/#room-tagging).
public final class RoomTags {
    /// A tag's name may be this long in UTF-8.
    public static final int NAME_BYTES_MAX = 255;

    private static final String TYPE = "m.tag";
    private static final String TAGS = "tags";

    private final AccountDataRows rows;

    /// The tags of one server's users.
    public RoomTags(Stores stores, Journal journal) {
        this.rows = new AccountDataRows(stores.accountData(), journal);
    }

    /// A room's tags by name.
    public JsonObject of(int user, int room) {
        return tags(rows.content(user, room, TYPE));
    }

    /// Sets a tag; durable when it returns.
    ///
    /// @param info what is kept with it, such as `order`
    /// @throws MatrixException 400 `M_INVALID_PARAM` for a name that is too long, 400 `M_BAD_JSON`
    ///   for an order that is no number, 413 `M_TOO_LARGE` when the tags become too long together
    public void put(int user, int room, String tag, JsonObject info) {
        if (tag.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            throw MatrixException.invalidParam("A tag may have " + NAME_BYTES_MAX + " bytes");
        }
        if (info.has("order") && !(info.value("order") instanceof JsonNumber)) {
            throw MatrixException.badJson("'order' must be a number");
        }
        rows.update(
                user,
                room,
                TYPE,
                UserAccountData.CONTENT_BYTES_MAX,
                content -> content.with(TAGS, tags(content).with(tag, info)));
    }

    /// Removes a tag, if it is there; durable when it returns.
    public void remove(int user, int room, String tag) {
        rows.update(
                user,
                room,
                TYPE,
                UserAccountData.CONTENT_BYTES_MAX,
                content ->
                        tags(content).has(tag)
                                ? content.with(TAGS, tags(content).without(tag))
                                : content);
    }

    private static JsonObject tags(JsonObject content) {
        return content.object(TAGS).orElse(JsonObject.EMPTY);
    }
}
