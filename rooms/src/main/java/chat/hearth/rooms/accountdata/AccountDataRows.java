package chat.hearth.rooms.accountdata;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.AccountDataStore;
import chat.hearth.storage.Change;
import chat.hearth.storage.Journal;
import chat.hearth.storage.WriteTransaction;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Account data as it is stored, and the ways to write it.
final class AccountDataRows {
    /// A change that meets another one is made again on what that left, this often: each time
    /// somebody else's got through.
    private static final int ATTEMPTS_MAX = 100;

    private final AccountDataStore store;
    private final Journal journal;

    AccountDataRows(AccountDataStore store, Journal journal) {
        this.store = store;
        this.journal = journal;
    }

    Optional<AccountData> find(int user, int room, String type) {
        return store.find(user, room, type);
    }

    JsonObject content(int user, int room, String type) {
        return find(user, room, type).map(AccountData::object).orElse(JsonObject.EMPTY);
    }

    List<AccountData> of(int user, int room, int limit) {
        return store.of(user, room, limit);
    }

    /// How many pieces there are in a place, at most `max`.
    int count(int user, int room, int max) {
        return store.outlines(user, room, max).size();
    }

    /// Sets a piece of account data, whatever was there.
    void put(int user, int room, String type, byte[] content) {
        var _ = journal.write(tx -> put(tx, user, room, type, content));
    }

    /// Changes a piece of account data. Nothing is written when `edit` changes nothing.
    ///
    /// @param edit makes the new content from the one that is there, `{}` when there is none; may
    ///   run more than once
    /// @param bytesMax how long the new content may be as JSON
    /// @throws MatrixException 413 `M_TOO_LARGE` for longer content, and what `edit` throws
    void update(int user, int room, String type, int bytesMax, UnaryOperator<JsonObject> edit) {
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            Optional<AccountData> before = find(user, room, type);
            JsonObject content = before.map(AccountData::object).orElse(JsonObject.EMPTY);
            JsonObject edited = edit.apply(content);
            if (edited.equals(content)) {
                return;
            }
            byte[] bytes = bytes(edited, bytesMax);
            long seen = before.map(AccountData::position).orElse(0L);
            boolean written = journal.write(tx -> replace(tx, user, room, type, seen, bytes));
            if (written) {
                return;
            }
        }
        throw new MatrixException(
                ErrCode.M_UNKNOWN, 503, "Too many changes of this at once, try again");
    }

    /// Changes a piece of account data in a write that does more. Nothing is written when `edit`
    /// changes nothing.
    ///
    /// @param edit makes the new content from the one that is there, `{}` when there is none
    /// @param bytesMax how long the new content may be as JSON
    /// @throws MatrixException as [#update] outside of a write; then nothing was written
    void update(
            WriteTransaction tx,
            int user,
            int room,
            String type,
            int bytesMax,
            UnaryOperator<JsonObject> edit) {
        JsonObject content = content(user, room, type);
        JsonObject edited = edit.apply(content);
        if (!edited.equals(content)) {
            var _ = put(tx, user, room, type, bytes(edited, bytesMax));
        }
    }

    /// The content as it is stored.
    ///
    /// @throws MatrixException 413 `M_TOO_LARGE` when it is longer than `bytesMax`
    static byte[] bytes(JsonObject content, int bytesMax) {
        byte[] bytes = JsonWriter.bytes(content);
        if (bytes.length > bytesMax) {
            throw new MatrixException(
                    ErrCode.M_TOO_LARGE, 413, "The content may have " + bytesMax + " bytes");
        }
        return bytes;
    }

    private boolean replace(
            WriteTransaction tx, int user, int room, String type, long seen, byte[] content) {
        long present = store.find(user, room, type).map(AccountData::position).orElse(0L);
        if (present != seen) {
            return false;
        }
        put(tx, user, room, type, content);
        return true;
    }

    private long put(WriteTransaction tx, int user, int room, String type, byte[] content) {
        long position = tx.nextPosition();
        store.put(tx, new AccountData(user, room, type, position, content));
        tx.announce(new Change(position, Change.Kind.ACCOUNT_DATA, room, user));
        return position;
    }
}
