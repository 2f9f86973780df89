package chat.hearth.protocol.event;

import java.util.Arrays;

/// Steps through the top-level members of an object in canonical JSON without reading the values.
/// The text is one of our own: nothing is checked.
final class Members {
    private final byte[] text;
    private int nameStart;
    private int nameEnd;
    private int valueStart;
    private int valueEnd;

    Members(byte[] canonicalObject) {
        this.text = canonicalObject;
    }

    /// Goes to the next member, if there is one.
    boolean next() {
        // After the opening brace, or after the comma that follows a value.
        int at = valueEnd + 1;
        if (at >= text.length || text[at] != '"') {
            nameEnd = 0;
            return false;
        }
        nameStart = at + 1;
        nameEnd = endOfString(at) - 1;
        valueStart = nameEnd + 2;
        valueEnd = endOfValue(valueStart);
        return true;
    }

    /// Whether the last [#next()] found a member.
    boolean isAtMember() {
        return nameEnd > 0;
    }

    /// Whether the member has this name, which needs no escape.
    boolean isNamed(String name) {
        int length = nameEnd - nameStart;
        if (length != name.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[nameStart + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Orders two members by name. In UTF-8 the order of bytes is that of code points. One of the
    /// names must consist of `a` to `z` and `_` only: what is escaped in the other one, like the
    /// backslash of its escape, then comes before every character of the first.
    int compareName(Members other) {
        return Arrays.compareUnsigned(
                text, nameStart, nameEnd, other.text, other.nameStart, other.nameEnd);
    }

    /// The index of the member's opening quote.
    int start() {
        return nameStart - 1;
    }

    /// The index after the member's value.
    int end() {
        return valueEnd;
    }

    /// A copy of the member's value.
    byte[] value() {
        return Arrays.copyOfRange(text, valueStart, valueEnd);
    }

    private int endOfValue(int start) {
        int at = start;
        int open = 0;
        while (true) {
            switch (text[at]) {
                case '"' -> at = endOfString(at) - 1;
                case '{', '[' -> open++;
                case '}', ']' -> {
                    // A brace that nothing here opened ends the object after a plain value.
                    if (open == 0) {
                        return at;
                    }
                    open--;
                }
                case ',' -> {
                    if (open == 0) {
                        return at;
                    }
                }
                default -> {}
            }
            at++;
        }
    }

    /// The index after the closing quote of the string that starts at `quote`.
    private int endOfString(int quote) {
        int at = quote + 1;
        while (text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
