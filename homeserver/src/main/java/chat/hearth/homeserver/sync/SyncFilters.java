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
    /// So much JSON of filters is remembered, in bytes. Read, it takes one and a half times that.
    static final long BYTES_MAX = 16L * 1024 * 1024;

    /// What a short filter takes besides its JSON, estimated.
    private static final int OVERHEAD_BYTES = 500;

    /// A filter whose text is longer is read anew in each request that brings it, and is not shared
    /// between users. Those of clients have a few hundred.
    private static final int SHARED_CHARS_MAX = 4 * 1024;

    private static final int ID_DIGITS_MAX = 9;

    private final FilterStore store;

    /// Stored filters never change.
    private final Cache<Key, Sized> stored =
            Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumWeight(BYTES_MAX / 2)
                    .weigher((Key _, Sized filter) -> OVERHEAD_BYTES + filter.bytes())
                    .build();

    /// So that filters of different users with the same text are one object.
    private final Cache<String, Filter> shared =
            Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumWeight(BYTES_MAX / 2)
                    .weigher((String text, Filter _) -> OVERHEAD_BYTES + text.length())
                    .build();

    private record Key(int user, int filter) {}

    private record Sized(Filter filter, int bytes) {}

    SyncFilters(FilterStore store) {
        this.store = store;
    }

    /// How much is remembered, in bytes of JSON.
    long bytes() {
        return bytes(stored) + bytes(shared);
    }

    private static long bytes(Cache<?, ?> cache) {
        cache.cleanUp();
        return cache.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    /// The filter that `parameter` stands for.
    ///
    /// @throws MatrixException 400 when it is neither a filter nor the id of one of the user's
    Filter resolve(int user, String parameter) {
        if (parameter.startsWith("{")) {
            return read(parameter);
        }
        if (parameter.isEmpty()
                || parameter.length() > ID_DIGITS_MAX
                || !parameter.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw MatrixException.invalidParam("filter is neither a filter nor the id of one");
        }
        var key = new Key(user, Integer.parseInt(parameter));
        Sized known = stored.getIfPresent(key);
        if (known == null) {
            byte[] json =
                    store.find(user, key.filter())
                            .orElseThrow(() -> MatrixException.invalidParam("No such filter"));
            known = new Sized(read(new String(json, StandardCharsets.UTF_8)), json.length);
            stored.put(key, known);
        }
        return known.filter();
    }

    private Filter read(String json) {
        return json.length() > SHARED_CHARS_MAX
                ? parse(json)
                : shared.get(json, SyncFilters::parse);
    }

    private static Filter parse(String json) {
        try {
            return Filter.parse(JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonException e) {
            throw new MatrixException(ErrCode.M_NOT_JSON, 400, "The filter is not valid JSON");
        }
    }
}
