package chat.hearth.protocol.id;

import java.nio.charset.StandardCharsets;

/// What the grammars of the identifiers share.
final class Grammar {
    /// No identifier is longer, sigil and server name included, counted in UTF-8.
    static final int ID_BYTES_MAX = 255;

    private Grammar() {}

    static boolean fits(String id) {
        return id.length() <= ID_BYTES_MAX
                && (isAscii(id) || id.getBytes(StandardCharsets.UTF_8).length <= ID_BYTES_MAX);
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /// Whether `text` holds neither NUL nor a lone surrogate.
    static boolean isLegalText(String text) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (c == 0 || c >= 0xd800 && c < 0xe000) {
                return false;
            }
            if (Character.isSupplementaryCodePoint(c)) {
                i++;
            }
        }
        return true;
    }

    /// The index of the colon between localpart and server name when `id` is `sigil localpart ":"
    /// server_name`, else -1. The localpart may be empty and holds no colon.
    static int colon(String id, char sigil) {
        if (id.isEmpty() || id.charAt(0) != sigil || !fits(id) || !isLegalText(id)) {
            return -1;
        }
        int colon = id.indexOf(':');
        return colon > 0 && ServerName.isValid(id.substring(colon + 1)) ? colon : -1;
    }
}
