package chat.hearth.http.json;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.yasson.YassonJsonb;
import org.jspecify.annotations.Nullable;

/// Binds request and response records to JSON by Jakarta JSON-B, strictly: nothing is coerced and
/// errors name the member.
///
/// A record's components are strings, `Boolean`, `Integer`, `Long`, `Double`, identifiers,
/// [JsonObject] and its like, records, and lists and string-keyed maps of these; never primitives.
/// `displayName` is `display_name` in JSON unless a `@JsonbProperty` says otherwise.
///
/// The JSON-B provider is loaded when first needed. Safe for use by any number of threads.
public final class RecordJson {
    private final ConcurrentMap<Class<?>, RecordShape> shapes = new ConcurrentHashMap<>();
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable YassonJsonb jsonb;

    /// A binding that knows no record yet.
    public RecordJson() {}

    /// `object` as a record. Unknown members are ignored; absent and `null` members become null.
    ///
    /// @throws MatrixException 400 `M_BAD_JSON` for a member of the wrong type, 400
    ///   `M_INVALID_PARAM` for a malformed identifier
    public <T extends Record> T read(JsonObject object, Class<T> type) {
        shape(type).check(object, "");
        try (var tree = new TreeParser(object)) {
            return provider().fromJson(tree, type);
        } catch (JsonbException failed) {
            if (rootCause(failed) instanceof MatrixException refused) {
                throw refused;
            }
            throw failed;
        }
    }

    /// `value` as JSON text in UTF-8, without its null components.
    public byte[] write(Record value) {
        shape(value.getClass());
        return provider().toJson(value).getBytes(StandardCharsets.UTF_8);
    }

    private RecordShape shape(Class<?> type) {
        RecordShape known = shapes.get(type);
        return known != null ? known : shapes.computeIfAbsent(type, RecordShape::of);
    }

    private static Throwable rootCause(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private YassonJsonb provider() {
        YassonJsonb known = jsonb;
        if (known != null) {
            return known;
        }
        loading.lock();
        try {
            known = jsonb;
            if (known == null) {
                known = load();
                jsonb = known;
            }
            return known;
        } finally {
            loading.unlock();
        }
    }

    private static YassonJsonb load() {
        PropertyNamingStrategy names = MemberNames::snakeCase;
        var config =
                new JsonbConfig()
                        .withPropertyNamingStrategy(names)
                        .withAdapters(IdAdapters.all())
                        .withDeserializers(TreeReaders.all())
                        .withSerializers(new TreeWriter());
        return (YassonJsonb)
                JsonbBuilder.newBuilder()
                        .withProvider(JsonProvider.provider())
                        .withConfig(config)
                        .build();
    }
}
