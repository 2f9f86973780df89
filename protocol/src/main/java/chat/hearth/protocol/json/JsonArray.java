package chat.hearth.protocol.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// A JSON array.
///
/// @param values the elements in order; unmodifiable
public record JsonArray(List<JsonValue> values) implements JsonValue, Iterable<JsonValue> {
    /// The array without elements.
    public static final JsonArray EMPTY = new JsonArray(List.of());

    /// Takes an unmodifiable copy of `values`.
    public JsonArray {
        values = List.copyOf(values);
    }

    /// An array of strings.
    public static JsonArray ofStrings(Collection<String> strings) {
        var values = new ArrayList<JsonValue>(strings.size());
        for (String string : strings) {
            values.add(new JsonString(string));
        }
        return new JsonArray(values);
    }

    /// The number of elements.
    public int size() {
        return values.size();
    }

    /// The elements as strings, or empty when any of them is not a string.
    public Optional<List<String>> strings() {
        var strings = new ArrayList<String>(values.size());
        for (JsonValue value : values) {
            if (!(value instanceof JsonString string)) {
                return Optional.empty();
            }
            strings.add(string.value());
        }
        return Optional.of(strings);
    }

    @Override
    public Iterator<JsonValue> iterator() {
        return values.iterator();
    }

    /// The array as JSON text in the order of its members.
    @Override
    public String toString() {
        return JsonWriter.text(this);
    }
}
