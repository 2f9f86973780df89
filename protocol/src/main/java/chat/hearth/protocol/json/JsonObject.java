package chat.hearth.protocol.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object: its members in the order in which they were read or put. Two objects with the
/// same members are equal whatever their order.
///
/// The typed accessors answer empty both when the member is absent and when it has another type;
/// code that must tell these apart looks at [#value(String)].
public final class JsonObject implements JsonValue {
    /// The object without members.
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, JsonValue> members;

    private JsonObject(Map<String, JsonValue> members) {
        this.members = members;
    }

    /// Wraps a map that nobody changes from now on.
    static JsonObject ofOwned(Map<String, JsonValue> members) {
        return members.isEmpty() ? EMPTY : new JsonObject(members);
    }

    /// An object with these members, copied.
    public static JsonObject of(Map<String, ? extends JsonValue> members) {
        return ofOwned(new LinkedHashMap<>(members));
    }

    /// An object with one string member.
    public static JsonObject of(String name, String value) {
        return builder().put(name, value).build();
    }

    /// A builder for an object.
    public static Builder builder() {
        return new Builder();
    }

    /// The members, unmodifiable.
    public Map<String, JsonValue> members() {
        return Collections.unmodifiableMap(members);
    }

    /// The members' names in order, unmodifiable.
    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /// The number of members.
    public int size() {
        return members.size();
    }

    /// Whether there is no member.
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /// Whether there is a member `name`, be it `null`.
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /// Whether there is a member `name` that is not `null`: in requests `null` counts as absent.
    public boolean hasValue(String name) {
        JsonValue value = members.get(name);
        return value != null && value != JsonNull.NULL;
    }

    /// The member `name`, or null when absent. A JSON `null` is [JsonNull#NULL].
    public @Nullable JsonValue value(String name) {
        return members.get(name);
    }

    /// The string member `name`.
    public Optional<String> string(String name) {
        return members.get(name) instanceof JsonString string
                ? Optional.of(string.value())
                : Optional.empty();
    }

    /// The integer member `name`.
    public OptionalLong integer(String name) {
        return members.get(name) instanceof JsonInteger integer
                ? OptionalLong.of(integer.value())
                : OptionalLong.empty();
    }

    /// The boolean member `name`.
    public Optional<Boolean> bool(String name) {
        return members.get(name) instanceof JsonBoolean bool
                ? Optional.of(bool.value())
                : Optional.empty();
    }

    /// The object member `name`.
    public Optional<JsonObject> object(String name) {
        return members.get(name) instanceof JsonObject object
                ? Optional.of(object)
                : Optional.empty();
    }

    /// The array member `name`.
    public Optional<JsonArray> array(String name) {
        return members.get(name) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    /// This object with `name` set to `value`.
    public JsonObject with(String name, JsonValue value) {
        var copy = new LinkedHashMap<>(members);
        copy.put(name, value);
        return new JsonObject(copy);
    }

    /// This object without the members `names`.
    public JsonObject without(String... names) {
        var copy = new LinkedHashMap<>(members);
        for (String name : names) {
            copy.remove(name);
        }
        return copy.size() == members.size() ? this : ofOwned(copy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject object && object.members.equals(members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /// The object as JSON text in the order of its members.
    @Override
    public String toString() {
        return JsonWriter.text(this);
    }

    /// Collects members; not safe for use by several threads.
    public static final class Builder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        private Builder() {}

        /// Sets `name` to `value`.
        public Builder put(String name, JsonValue value) {
            members.put(name, value);
            return this;
        }

        /// Sets `name` to a string.
        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        /// Sets `name` to an integer within ±(2^53 − 1).
        public Builder put(String name, long value) {
            return put(name, new JsonInteger(value));
        }

        /// Sets `name` to a boolean.
        public Builder put(String name, boolean value) {
            return put(name, JsonBoolean.of(value));
        }

        /// Sets `name` to `value` when there is one.
        public Builder putIfPresent(String name, @Nullable JsonValue value) {
            return value == null ? this : put(name, value);
        }

        /// Sets `name` to the string `value` when there is one.
        public Builder putIfPresent(String name, @Nullable String value) {
            return value == null ? this : put(name, value);
        }

        /// Sets all members of `object`.
        public Builder putAll(JsonObject object) {
            members.putAll(object.members);
            return this;
        }

        /// The object. The builder may be used on without changing it.
        public JsonObject build() {
            return JsonObject.of(members);
        }
    }
}
