package chat.hearth.storage.jdbc;

/// Text as it stands in the database. PostgreSQL's `text` cannot hold U+0000, which Matrix allows
/// in state keys, event types, device names and the like; so it is stored as U+001A `0`, and U+001A
/// itself twice. Equal texts stay equal, different ones different.
final class StoredText {
    private static final char ESCAPE = '\u001a';

    private StoredText() {}

    static String encode(String text) {
        if (text.indexOf('\0') < 0 && text.indexOf(ESCAPE) < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                out.append(ESCAPE).append('0');
            } else if (c == ESCAPE) {
                out.append(ESCAPE).append(ESCAPE);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    static String decode(String stored) {
        if (stored.indexOf(ESCAPE) < 0) {
            return stored;
        }
        StringBuilder out = new StringBuilder(stored.length());
        for (int i = 0; i < stored.length(); i++) {
            char c = stored.charAt(i);
            if (c == ESCAPE) {
                i++;
                out.append(stored.charAt(i) == '0' ? '\0' : ESCAPE);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
