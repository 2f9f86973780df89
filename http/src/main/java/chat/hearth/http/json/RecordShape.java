package chat.hearth.http.json;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What JSON a record's component takes. It is checked before JSON-B binds, since JSON-B turns
/// `"12"` into a number, `12` into a string and `1.5` into 1, and skips what it finds in a wrong
/// place.
///
/// A JSON `null` is taken everywhere but inside of arrays and maps.
sealed interface RecordShape {
    /// Checks `value`.
    ///
    /// @param path where it stands, for the message
    /// @throws MatrixException 400 `M_BAD_JSON` when it does not fit
    void check(JsonValue value, String path);

    /// Any value of one kind.
    record Kind(Class<? extends JsonValue> kind, String article) implements RecordShape {
        @Override
        public void check(JsonValue value, String path) {
            if (value == JsonNull.NULL || !kind.isInstance(value)) {
                throw mismatch(path, article);
            }
        }
    }

    /// An integer of 32 bits.
    record Int() implements RecordShape {
        @Override
        public void check(JsonValue value, String path) {
            if (!(value instanceof JsonInteger integer)
                    || integer.value() != (int) integer.value()) {
                throw mismatch(path, "an integer of 32 bits");
            }
        }
    }

    /// An identifier.
    record Identifier(Function<String, Optional<?>> parser, String article) implements RecordShape {
        @Override
        public void check(JsonValue value, String path) {
            if (!(value instanceof JsonString string)) {
                throw mismatch(path, "a string");
            }
            if (parser.apply(string.value()).isEmpty()) {
                throw MatrixException.invalidParam(path + " is not " + article);
            }
        }
    }

    /// An array of like elements.
    record Elements(RecordShape element) implements RecordShape {
        @Override
        public void check(JsonValue value, String path) {
            if (!(value instanceof JsonArray array)) {
                throw mismatch(path, "an array");
            }
            for (int i = 0; i < array.size(); i++) {
                element.check(array.values().get(i), path + '[' + i + ']');
            }
        }
    }

    /// An object with any names and like values.
    record Entries(RecordShape entry) implements RecordShape {
        @Override
        public void check(JsonValue value, String path) {
            if (!(value instanceof JsonObject object)) {
                throw mismatch(path, "an object");
            }
            object.members().forEach((name, member) -> entry.check(member, join(path, name)));
        }
    }

    /// An object with known members, bound to a record.
    record Members(Map<String, RecordShape> members) implements RecordShape {
        @Override
        public void check(JsonValue value, String path) {
            if (!(value instanceof JsonObject object)) {
                throw mismatch(path, "an object");
            }
            members.forEach(
                    (name, shape) -> {
                        JsonValue member = object.value(name);
                        if (member != null && member != JsonNull.NULL) {
                            shape.check(member, join(path, name));
                        }
                    });
        }
    }

    /// The shape of a record, or of a type that a record's component may have.
    ///
    /// @throws IllegalArgumentException for any other type; primitives among them, since what is
    ///   absent would become 0
    static RecordShape of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new Elements(of(arguments[0]));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return new Entries(of(arguments[1]));
            }
        }
        if (type instanceof Class<?> plain) {
            RecordShape known = ScalarTypes.shape(plain);
            if (known != null) {
                return known;
            }
            if (plain.isRecord()) {
                return members(plain);
            }
        }
        throw new IllegalArgumentException(
                "Not a type for a request's or response's record: " + type);
    }

    private static RecordShape members(Class<?> type) {
        var members = new LinkedHashMap<String, RecordShape>();
        for (RecordComponent component : type.getRecordComponents()) {
            members.put(MemberNames.of(component), of(component.getGenericType()));
        }
        return new Members(Map.copyOf(members));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    private static MatrixException mismatch(String path, String article) {
        return MatrixException.badJson(
                path.isEmpty() ? "Expected " + article : path + " must be " + article);
    }
}
