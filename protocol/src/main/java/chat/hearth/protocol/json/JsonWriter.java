package chat.hearth.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// A growing buffer of JSON text in UTF-8. Values are written compactly, strings with the few
/// escapes of canonical JSON. Whole stored texts go in as they are with [#raw(byte\[\])].
///
/// Not safe for use by several threads.
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] out;
    private int length;

    /// An empty buffer with room for 256 bytes.
    public JsonWriter() {
        this(256);
    }

    /// An empty buffer with room for `capacity` bytes; it grows as needed.
    public JsonWriter(int capacity) {
        out = new byte[Math.max(16, capacity)];
    }

    /// The bytes of `value`, members in their own order.
    public static byte[] bytes(JsonValue value) {
        return new JsonWriter().value(value).toBytes();
    }

    /// The text of `value`, members in their own order.
    static String text(JsonValue value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /// Appends JSON text as it is.
    public JsonWriter raw(byte[] json) {
        return raw(json, 0, json.length);
    }

    /// Appends `count` bytes of JSON text as they are, from index `from`.
    public JsonWriter raw(byte[] json, int from, int count) {
        reserve(count);
        System.arraycopy(json, from, out, length, count);
        length += count;
        return this;
    }

    /// Appends ASCII text as it is: punctuation and names known to need no escape.
    @SuppressWarnings("deprecation") // the one copy of Latin-1 bytes without an encoder
    public JsonWriter ascii(String text) {
        int count = text.length();
        reserve(count);
        text.getBytes(0, count, out, length);
        length += count;
        return this;
    }

    /// Appends one ASCII character.
    public JsonWriter ascii(char c) {
        reserve(1);
        out[length++] = (byte) c;
        return this;
    }

    /// Appends a decimal integer.
    public JsonWriter number(long value) {
        return ascii(Long.toString(value));
    }

    /// Appends a string with its quotes and escapes.
    public JsonWriter string(String text) {
        ascii('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i += utf8(text, i);
            } else if (c == '"' || c == '\\') {
                ascii('\\').ascii(c);
            } else if (c < 0x20) {
                control(c);
            } else {
                ascii(c);
            }
        }
        return ascii('"');
    }

    /// Appends a value, members in their own order.
    public JsonWriter value(JsonValue value) {
        switch (value) {
            case JsonObject object -> object(object);
            case JsonArray array -> {
                ascii('[');
                boolean first = true;
                for (JsonValue element : array) {
                    if (!first) {
                        ascii(',');
                    }
                    first = false;
                    value(element);
                }
                ascii(']');
            }
            case JsonString string -> string(string.value());
            case JsonNumber number -> ascii(number.text());
            case JsonBoolean bool -> ascii(bool.value() ? "true" : "false");
            case JsonNull _ -> ascii("null");
        }
        return this;
    }

    private void object(JsonObject object) {
        ascii('{');
        boolean first = true;
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (!first) {
                ascii(',');
            }
            first = false;
            string(member.getKey()).ascii(':').value(member.getValue());
        }
        ascii('}');
    }

    /// The number of bytes written so far.
    public int length() {
        return length;
    }

    /// Forgets what was written, so that the buffer can be used again.
    public void clear() {
        length = 0;
    }

    /// Takes a stretch of an array.
    @FunctionalInterface
    public interface Taker {
        /// @param bytes not to be kept: they change when more is written
        void take(byte[] bytes, int from, int count);
    }

    /// Hands over what was written, without a copy.
    public void giveTo(Taker taker) {
        taker.take(out, 0, length);
    }

    /// A copy of what was written.
    public byte[] toBytes() {
        return Arrays.copyOf(out, length);
    }

    /// Appends a control character by its short escape where JSON has one.
    private void control(char c) {
        switch (c) {
            case '\b' -> ascii("\\b");
            case '\f' -> ascii("\\f");
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            default -> ascii("\\u00").ascii((char) HEX[c >> 4]).ascii((char) HEX[c & 0xf]);
        }
    }

    /// Appends the code point at `i` and answers how many further characters it took.
    private int utf8(String text, int i) {
        int code = text.codePointAt(i);
        if (code < 0x800) {
            reserve(2);
            out[length++] = (byte) (0xc0 | code >> 6);
        } else if (code < 0x10000) {
            if (Character.isSurrogate((char) code)) {
                throw new JsonException(JsonException.Fault.BAD_JSON, "Lone surrogate in a string");
            }
            reserve(3);
            out[length++] = (byte) (0xe0 | code >> 12);
            out[length++] = (byte) (0x80 | code >> 6 & 0x3f);
        } else {
            reserve(4);
            out[length++] = (byte) (0xf0 | code >> 18);
            out[length++] = (byte) (0x80 | code >> 12 & 0x3f);
            out[length++] = (byte) (0x80 | code >> 6 & 0x3f);
        }
        out[length++] = (byte) (0x80 | code & 0x3f);
        return code < 0x10000 ? 0 : 1;
    }

    private void reserve(int count) {
        if (count > out.length - length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, Math.addExact(length, count)));
        }
    }
}
