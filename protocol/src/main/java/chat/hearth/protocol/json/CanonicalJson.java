package chat.hearth.protocol.json;

import chat.hearth.protocol.json.JsonException.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The canonical form of a value: members sorted by the code points of their names, no white space,
/// the shortest escapes.
///
/// See [Canonical JSON](https://spec.matrix.org/v1.19/appendices/#canonical-json).
public final class CanonicalJson {
    /// Orders strings by code point. `String.compareTo` orders by UTF-16 unit and so puts U+1F600
    /// before U+FFFF.
    public static final Comparator<String> CODE_POINT_ORDER = CanonicalJson::compareCodePoints;

    private CanonicalJson() {}

    /// The canonical bytes of `value`.
    ///
    /// @throws JsonException when it holds a number that canonical JSON does not allow
    public static byte[] bytes(JsonValue value) {
        return write(value, false);
    }

    /// The canonical bytes of `value` with numbers of any form left as they were written, as room
    /// versions 1 to 5 have it.
    public static byte[] lenientBytes(JsonValue value) {
        return write(value, true);
    }

    /// Whether every number in `value` is one that canonical JSON allows.
    public static boolean isCanonical(JsonValue value) {
        return switch (value) {
            case JsonObject object ->
                    object.members().values().stream().allMatch(CanonicalJson::isCanonical);
            case JsonArray array -> array.values().stream().allMatch(CanonicalJson::isCanonical);
            case JsonDecimal _ -> false;
            case JsonInteger _, JsonString _, JsonBoolean _, JsonNull _ -> true;
        };
    }

    private static byte[] write(JsonValue value, boolean lenient) {
        var out = new JsonWriter(1024);
        write(value, lenient, out);
        return out.toBytes();
    }

    private static void write(JsonValue value, boolean lenient, JsonWriter out) {
        switch (value) {
            case JsonObject object -> object(object, lenient, out);
            case JsonArray array -> array(array, lenient, out);
            case JsonDecimal decimal when !lenient ->
                    throw new JsonException(
                            Fault.BAD_JSON,
                            "Only integers within ±(2^53-1) are allowed: " + decimal.text());
            case JsonNumber _, JsonString _, JsonBoolean _, JsonNull _ -> out.value(value);
        }
    }

    private static void object(JsonObject object, boolean lenient, JsonWriter out) {
        out.ascii('{');
        boolean first = true;
        for (String name : sorted(object)) {
            if (!first) {
                out.ascii(',');
            }
            first = false;
            JsonValue member = object.value(name);
            if (member == null) {
                throw new IllegalStateException("A name without its member");
            }
            out.string(name).ascii(':');
            write(member, lenient, out);
        }
        out.ascii('}');
    }

    private static void array(JsonArray array, boolean lenient, JsonWriter out) {
        out.ascii('[');
        boolean first = true;
        for (JsonValue element : array) {
            if (!first) {
                out.ascii(',');
            }
            first = false;
            write(element, lenient, out);
        }
        out.ascii(']');
    }

    private static List<String> sorted(JsonObject object) {
        var names = new ArrayList<>(object.names());
        names.sort(CODE_POINT_ORDER);
        return names;
    }

    private static int compareCodePoints(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xAstral = Character.isSurrogate(x);
                boolean yAstral = Character.isSurrogate(y);
                return xAstral == yAstral ? Character.compare(x, y) : xAstral ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
