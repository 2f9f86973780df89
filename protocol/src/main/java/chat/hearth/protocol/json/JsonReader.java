package chat.hearth.protocol.json;

import chat.hearth.protocol.json.JsonException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The strict JSON reader that stands at every trust boundary.
///
/// It takes exactly one value in UTF-8 and refuses what two readers could understand differently:
/// duplicate member names, ill-formed UTF-8, lone surrogates, trailing bytes, a byte order mark,
/// numbers beyond the range of a double, and nesting deeper than [#DEPTH_MAX]. Other numbers of any
/// form are read; [#readCanonical(byte\[\])] also refuses those that canonical JSON does not allow.
public final class JsonReader {
    /// Objects and arrays may be nested this deep.
    public static final int DEPTH_MAX = 100;

    private final byte[] in;
    private final int end;
    private final boolean canonicalNumbers;
    private int at;

    private JsonReader(byte[] in, int from, int to, boolean canonicalNumbers) {
        this.in = in;
        this.at = from;
        this.end = to;
        this.canonicalNumbers = canonicalNumbers;
    }

    /// Reads one value with numbers of any form.
    ///
    /// @throws JsonException when the text is refused
    public static JsonValue read(byte[] text) {
        return new JsonReader(text, 0, text.length, false).document();
    }

    /// Reads one value whose numbers are all integers within ±(2^53 − 1).
    ///
    /// @throws JsonException when the text is refused
    public static JsonValue readCanonical(byte[] text) {
        return new JsonReader(text, 0, text.length, true).document();
    }

    /// Reads one object with numbers of any form.
    ///
    /// @throws JsonException when the text is refused or holds another kind of value
    public static JsonObject readObject(byte[] text) {
        if (read(text) instanceof JsonObject object) {
            return object;
        }
        throw new JsonException(Fault.BAD_JSON, "Expected a JSON object");
    }

    /// Reads one object from a string, for texts of our own.
    ///
    /// @throws JsonException when the text is refused or holds another kind of value
    public static JsonObject readObject(String text) {
        return readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private JsonValue document() {
        skipSpace();
        JsonValue value = value(0);
        skipSpace();
        if (at != end) {
            throw notJson("Unexpected text after the JSON value");
        }
        return value;
    }

    private JsonValue value(int depth) {
        if (at == end) {
            throw notJson("Unexpected end of JSON");
        }
        return switch (in[at]) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> new JsonString(string());
            case 't' -> literal("true", JsonBoolean.TRUE);
            case 'f' -> literal("false", JsonBoolean.FALSE);
            case 'n' -> literal("null", JsonNull.NULL);
            default -> number();
        };
    }

    private JsonValue object(int depth) {
        checkDepth(depth);
        at++;
        skipSpace();
        if (take('}')) {
            return JsonObject.EMPTY;
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        do {
            skipSpace();
            if (at == end || in[at] != '"') {
                throw notJson("Expected a member name");
            }
            String name = string();
            skipSpace();
            expect(':');
            skipSpace();
            if (members.put(name, value(depth)) != null) {
                throw badJson("Duplicate member name");
            }
            skipSpace();
        } while (take(','));
        expect('}');
        return JsonObject.ofOwned(members);
    }

    private JsonValue array(int depth) {
        checkDepth(depth);
        at++;
        skipSpace();
        if (take(']')) {
            return JsonArray.EMPTY;
        }
        List<JsonValue> values = new ArrayList<>();
        do {
            skipSpace();
            values.add(value(depth));
            skipSpace();
        } while (take(','));
        expect(']');
        return new JsonArray(values);
    }

    private void checkDepth(int depth) {
        if (depth > DEPTH_MAX) {
            throw badJson("JSON nested deeper than " + DEPTH_MAX);
        }
    }

    private String string() {
        int start = ++at;
        while (at < end) {
            byte b = in[at];
            if (b == '"') {
                return new String(in, start, at++ - start, StandardCharsets.ISO_8859_1);
            }
            if (b == '\\' || b < 0x20) {
                return stringWithEscapes(start);
            }
            at++;
        }
        throw notJson("Unterminated string");
    }

    /// Goes on where the plain ASCII prefix of a string ends.
    private String stringWithEscapes(int start) {
        var text = new StringBuilder(at - start + 32);
        for (int i = start; i < at; i++) {
            text.append((char) in[i]);
        }
        while (at < end) {
            int b = in[at] & 0xff;
            if (b == '"') {
                at++;
                return checkSurrogates(text);
            }
            if (b < 0x20) {
                throw notJson("Unescaped control character in a string");
            }
            if (b == '\\') {
                at++;
                text.append(escape());
            } else if (b < 0x80) {
                text.append((char) b);
                at++;
            } else {
                text.appendCodePoint(multiByte(b));
            }
        }
        throw notJson("Unterminated string");
    }

    private char escape() {
        if (at == end) {
            throw notJson("Unterminated string");
        }
        return switch (in[at++]) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicodeEscape();
            default -> throw notJson("Unknown escape in a string");
        };
    }

    private char unicodeEscape() {
        if (end - at < 4) {
            throw notJson("Incomplete unicode escape");
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = in[at] < 0 ? -1 : Character.digit(in[at], 16);
            if (digit < 0) {
                throw notJson("Malformed unicode escape");
            }
            at++;
            code = code << 4 | digit;
        }
        return (char) code;
    }

    /// Decodes one code point of two to four bytes; over-long forms, surrogates and code points
    /// above U+10FFFF are not UTF-8.
    private int multiByte(int first) {
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || end - at < length) {
            throw notJson("Malformed UTF-8");
        }
        int code = first & 0xff >> length + 1;
        for (int i = 1; i < length; i++) {
            int next = in[at + i];
            if ((next & 0xc0) != 0x80) {
                throw notJson("Malformed UTF-8");
            }
            code = code << 6 | next & 0x3f;
        }
        boolean overlong = length == 3 && code < 0x800 || length == 4 && code < 0x10000;
        if (overlong || code > 0x10ffff || code >= 0xd800 && code < 0xe000) {
            throw notJson("Malformed UTF-8");
        }
        at += length;
        return code;
    }

    private String checkSurrogates(StringBuilder text) {
        // A surrogate that codePoints() could not pair stands for itself.
        if (text.codePoints().anyMatch(c -> c >= 0xd800 && c < 0xe000)) {
            throw badJson("Lone surrogate in a string");
        }
        return text.toString();
    }

    private JsonValue number() {
        int start = at;
        boolean integer = true;
        take('-');
        if (!take('0')) {
            digits();
        }
        if (take('.')) {
            integer = false;
            digits();
        }
        if (at < end && (in[at] == 'e' || in[at] == 'E')) {
            integer = false;
            at++;
            if (!take('+')) {
                take('-');
            }
            digits();
        }
        return number(new String(in, start, at - start, StandardCharsets.ISO_8859_1), integer);
    }

    private JsonValue number(String text, boolean integer) {
        // 17 characters hold every integer within ±(2^53-1), and parse without overflow.
        if (integer && text.length() <= 17 && !text.equals("-0")) {
            long value = Long.parseLong(text);
            if (value <= JsonNumber.INTEGER_MAX && value >= -JsonNumber.INTEGER_MAX) {
                return new JsonInteger(value);
            }
        }
        if (canonicalNumbers) {
            throw badJson("Only integers within ±(2^53-1) are allowed");
        }
        var decimal = new JsonDecimal(text);
        if (Double.isInfinite(decimal.doubleValue())) {
            // Other readers fail at it, or read infinity, which no JSON text can give back.
            throw badJson("A number is out of range");
        }
        return decimal;
    }

    private void digits() {
        int start = at;
        while (at < end && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw notJson("Malformed JSON value");
        }
    }

    private JsonValue literal(String word, JsonValue value) {
        if (end - at < word.length()) {
            throw notJson("Malformed JSON value");
        }
        for (int i = 0; i < word.length(); i++) {
            if (in[at + i] != word.charAt(i)) {
                throw notJson("Malformed JSON value");
            }
        }
        at += word.length();
        return value;
    }

    private void skipSpace() {
        while (at < end && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
    }

    private boolean take(char wanted) {
        if (at < end && in[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw notJson("Expected '" + wanted + "'");
        }
    }

    private JsonException notJson(String message) {
        return new JsonException(Fault.NOT_JSON, message + " at byte " + at);
    }

    private JsonException badJson(String message) {
        return new JsonException(Fault.BAD_JSON, message + " at byte " + at);
    }
}
