package chat.hearth.protocol.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The way to a property inside an object, written with dots: `content.body`. A dot or backslash
/// that belongs to a name has a backslash before it; any other backslash stands for itself.
///
/// See [Dot-separated property
/// paths](https://spec.matrix.org/v1.19/appendices/#dot-separated-property-paths).
///
/// @param names the names from the outermost inwards, at least one
public record PropertyPath(List<String> names) {
    /// Takes an unmodifiable copy of `names`.
    public PropertyPath {
        names = List.copyOf(names);
    }

    /// The path that `text` writes. Every text writes one.
    public static PropertyPath parse(String text) {
        var names = new ArrayList<String>();
        var name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && ".\\".indexOf(text.charAt(i + 1)) >= 0) {
                name.append(text.charAt(++i));
            } else if (c == '.') {
                names.add(name.toString());
                name.setLength(0);
            } else {
                name.append(c);
            }
        }
        names.add(name.toString());
        return new PropertyPath(names);
    }

    /// The value at this path in `object`, or empty when there is none.
    public Optional<JsonValue> in(JsonObject object) {
        return in(object, 0);
    }

    /// The value in `object` at the rest of this path, after its first `skipped` names.
    public Optional<JsonValue> in(JsonObject object, int skipped) {
        @Nullable JsonValue value = object;
        for (String name : names.subList(skipped, names.size())) {
            value = value instanceof JsonObject inner ? inner.value(name) : null;
        }
        return Optional.ofNullable(value);
    }
}
