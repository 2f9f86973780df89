package chat.hearth.homeserver.sync;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.filter.Filter;
import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.storage.FilterStore;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;

/// Resolves the `filter` parameter: the filter itself, or the id of a stored one. A filter that
/// many clients use is kept once. Safe for use by several threads.
final class SyncFilters {
    private static final int STORED_MAX = 10_000;
    private static final int ID_DIGITS_MAX = 9;

    private final FilterStore store;

    /// Stored filters never change.
    private final Cache<Key, Filter> stored = Caffeine.newBuilder().maximumSize(STORED_MAX).build();

    /// So that equal filters of different users are one object.
    private final Cache<Filter, Filter> equal =
            Caffeine.newBuilder().maximumSize(STORED_MAX).build();

    private record Key(int user, int filter) {}

    SyncFilters(FilterStore store) {
        this.store = store;
    }

    /// The filter that `parameter` stands for.
    ///
    /// @throws MatrixException 400 when it is neither a filter nor the id of one of the user's
    Filter resolve(int user, String parameter) {
        if (parameter.startsWith("{")) {
            return shared(parse(parameter.getBytes(StandardCharsets.UTF_8)));
        }
        if (parameter.isEmpty()
                || parameter.length() > ID_DIGITS_MAX
                || !parameter.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw MatrixException.invalidParam("filter is neither a filter nor the id of one");
        }
        var key = new Key(user, Integer.parseInt(parameter));
        Filter known = stored.getIfPresent(key);
        if (known == null) {
            byte[] json =
                    store.find(user, key.filter())
                            .orElseThrow(() -> MatrixException.invalidParam("No such filter"));
            known = shared(parse(json));
            stored.put(key, known);
        }
        return known;
    }

    private Filter shared(Filter filter) {
        return equal.get(filter, each -> each);
    }

    private static Filter parse(byte[] json) {
        try {
            return Filter.parse(JsonReader.read(json));
        } catch (JsonException e) {
            throw new MatrixException(ErrCode.M_NOT_JSON, 400, "The filter is not valid JSON");
        }
    }
}
