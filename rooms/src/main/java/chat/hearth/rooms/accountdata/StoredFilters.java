package chat.hearth.rooms.accountdata;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.filter.Filter;
import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.FilterStore;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import java.util.Optional;
import java.util.OptionalInt;

/// The filters that clients keep here. Safe for use by several threads.
///
/// See [Filtering](https://spec.matrix.org/v1.19/client-server-api/#filtering).
public final class StoredFilters {
    /// A filter may be this long as JSON.
    public static final int FILTER_BYTES_MAX = 64 * 1024;

    /// A user may keep so many filters; equal ones are kept once.
    public static final int FILTERS_MAX = 1_000;

    private static final int ID_DIGITS_MAX = 9;

    private final FilterStore store;
    private final Journal journal;

    /// The filters of one server's users.
    public StoredFilters(Stores stores, Journal journal) {
        this.store = stores.filters();
        this.journal = journal;
    }

    /// Keeps a filter and answers its id; durable when it returns.
    ///
    /// @throws MatrixException 400 `M_BAD_JSON` when it is no filter, 413 `M_TOO_LARGE` when it is
    ///   too long, 403 when the user has too many
    public String add(int user, JsonObject filter) {
        var _ = Filter.parse(filter);
        byte[] json = CanonicalJson.lenientBytes(filter);
        if (json.length > FILTER_BYTES_MAX) {
            throw new MatrixException(
                    ErrCode.M_TOO_LARGE, 413, "A filter may have " + FILTER_BYTES_MAX + " bytes");
        }
        OptionalInt known = store.findEqual(user, json);
        if (known.isPresent()) {
            return Integer.toString(known.getAsInt());
        }
        if (store.count(user) >= FILTERS_MAX) {
            throw tooMany();
        }
        // To throw in the write would undo what others write in the same transaction.
        OptionalInt added = journal.write(tx -> store.add(tx, user, json, FILTERS_MAX));
        return Integer.toString(added.orElseThrow(StoredFilters::tooMany));
    }

    private static MatrixException tooMany() {
        return MatrixException.forbidden("You may keep " + FILTERS_MAX + " filters");
    }

    /// The text of the filter with an id: a JSON object.
    public Optional<byte[]> find(int user, String id) {
        boolean number =
                !id.isEmpty()
                        && id.length() <= ID_DIGITS_MAX
                        && id.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? store.find(user, Integer.parseInt(id)) : Optional.empty();
    }
}
