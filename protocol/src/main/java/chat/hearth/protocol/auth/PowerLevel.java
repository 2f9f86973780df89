package chat.hearth.protocol.auth;

import chat.hearth.protocol.json.JsonDecimal;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads one level of an `m.room.power_levels` event: an integer; until room version 9 also a
/// string that is one; until version 5 also a float, which is cut at the decimal point.
///
/// Levels beyond what a `long` holds, which only strings and floats can be, count as the nearest
/// that it does hold.
///
/// See [Deprecated event content
/// schemas](https://spec.matrix.org/v1.19/rooms/v1/#deprecated-event-content-schemas).
final class PowerLevel {
    /// The level of a creator that outranks everyone.
    static final long INFINITE = Long.MAX_VALUE;

    /// No level that an event gives is above this.
    private static final long MAX = Long.MAX_VALUE - 1;

    private static final long MIN = -MAX;

    private PowerLevel() {}

    /// The level in `value`, or empty when it is none.
    static OptionalLong read(RoomVersionRules rules, @Nullable JsonValue value) {
        return switch (value) {
            case JsonInteger(long level) -> OptionalLong.of(level);
            case JsonString(String text) when !rules.integerPowerLevels() -> ofString(text);
            case JsonDecimal decimal when !rules.strictCanonicalJson() -> ofDecimal(decimal);
            case null, default -> OptionalLong.empty();
        };
    }

    private static OptionalLong ofDecimal(JsonDecimal decimal) {
        double value = decimal.doubleValue();
        return Double.isFinite(value)
                ? OptionalLong.of(Math.clamp((long) value, MIN, MAX))
                : OptionalLong.empty();
    }

    /// White space, one sign, leading zeros, digits, white space: all but the digits may be absent.
    private static OptionalLong ofString(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(text.charAt(end - 1))) {
            end--;
        }
        boolean negative = start < end && text.charAt(start) == '-';
        if (start < end && (negative || text.charAt(start) == '+')) {
            start++;
        }
        return start < end ? ofDigits(text, start, end, negative) : OptionalLong.empty();
    }

    private static OptionalLong ofDigits(String text, int start, int end, boolean negative) {
        long level = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            level = level > (MAX - digit) / 10 ? MAX : level * 10 + digit;
        }
        return OptionalLong.of(negative ? -level : level);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
