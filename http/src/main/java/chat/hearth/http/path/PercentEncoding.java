package chat.hearth.http.path;

import chat.hearth.protocol.error.MatrixException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Strict percent-decoding: every `%` must begin an escape, the decoded bytes must be UTF-8, and
/// nothing outside of ASCII may stand unescaped. Anything else is a 400 `M_INVALID_PARAM`, since a
/// proxy in front may have understood it differently.
///
/// See [RFC 3986 §2.1](https://www.rfc-editor.org/rfc/rfc3986#section-2.1).
public final class PercentEncoding {
    private PercentEncoding() {}

    /// Decodes one path segment. A `+` stands for itself.
    ///
    /// @throws MatrixException 400 when the text is malformed
    public static String decodeSegment(String raw) {
        return decode(raw, 0, raw.length(), false);
    }

    /// Decodes a name or value of a query, `from` (inclusive) to `to` (exclusive) in `raw`. A `+`
    /// is a space, as HTML forms and `URLSearchParams` write it.
    ///
    /// @throws MatrixException 400 when the text is malformed
    public static String decodeQuery(String raw, int from, int to) {
        return decode(raw, from, to, true);
    }

    private static String decode(String raw, int from, int to, boolean plusIsSpace) {
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c == '%' || c == '+' && plusIsSpace || c >= 0x7f) {
                return decodeEscapes(raw, from, to, plusIsSpace);
            }
        }
        return raw.substring(from, to);
    }

    private static String decodeEscapes(String raw, int from, int to, boolean plusIsSpace) {
        var bytes = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int high = i + 2 < to ? hexDigit(raw.charAt(i + 1)) : -1;
                int low = i + 2 < to ? hexDigit(raw.charAt(i + 2)) : -1;
                if (high < 0 || low < 0) {
                    throw malformed();
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else if (c >= 0x7f) {
                throw malformed();
            } else {
                bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return utf8(ByteBuffer.wrap(bytes, 0, length));
    }

    private static String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException _) {
            throw malformed();
        }
    }

    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static MatrixException malformed() {
        return MatrixException.invalidParam("The URL has a malformed percent-escape");
    }
}
